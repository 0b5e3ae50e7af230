package io.nabz.api.store;

import io.nabz.model.CustomerKey;
import io.nabz.model.EventTypes;
import io.nabz.model.Touchpoint;
import java.time.Instant;

/** When customers ordered: the keys of those touchpoints in the timeline, and nothing else. */
final class OrderTimes {
  private static final byte[] NOTHING = new byte[0];

  private OrderTimes() {}

  /**
   * @param at the touchpoint's key in the timeline
   */
  static void write(Transaction to, Touchpoint touchpoint, byte[] at) {
    if (EventTypes.ORDER_PLACED.equals(touchpoint.type())) {
      to.put(Column.ORDERS, at, NOTHING);
    }
  }

  static void forget(Transaction to, byte[] at) {
    to.delete(Column.ORDERS, at);
  }

  /** Whether there is an order after {@code start} and not after {@code end}. */
  static boolean isThereOne(Reader reader, CustomerKey customer, Instant start, Instant end) {
    boolean[] found = {false};
    byte[] prefix = TimelineView.prefix(customer);
    reader.ascend(
        Column.ORDERS,
        prefix,
        TimelineView.from(customer, start.plusMillis(1)),
        (at, nothing) -> {
          found[0] = !TimelineView.timeOf(at, prefix.length).isAfter(end);
          return false;
        });
    return found[0];
  }
}
