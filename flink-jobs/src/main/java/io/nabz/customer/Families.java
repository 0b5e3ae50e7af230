package io.nabz.customer;

import io.nabz.customer.state.CoarseCounter;
import io.nabz.customer.state.CustomerState;
import io.nabz.model.CustomerKey;
import io.nabz.model.EventTypes;
import java.util.HashMap;

/**
 * How often what else matters happened, in buckets of six hours; contacts alone are counted to the
 * millisecond.
 */
final class Families {
  static final String CART_ABANDONED = "cart.abandoned";
  static final CountWindow[] WINDOWS = {CountWindow.DAY, CountWindow.WEEK, CountWindow.MONTH};

  private Families() {}

  static void apply(Step step) {
    String family =
        switch (step.event().type()) {
          case EventTypes.PAGE_VIEWED, EventTypes.SCREEN_VIEWED -> EventTypes.PAGE_VIEWED;
          case EventTypes.SEARCH_PERFORMED,
              EventTypes.ERROR_SHOWN,
              EventTypes.MESSAGE_RECEIVED,
              EventTypes.SELFSERVICE_FAILED,
              EventTypes.PAYMENT_FAILED,
              EventTypes.ORDER_PLACED,
              EventTypes.CASE_OPENED,
              EventTypes.CALLBACK_REQUESTED,
              EventTypes.AUTH_FAILED,
              EventTypes.CAMPAIGN_SENT ->
              step.event().type();
          default -> null;
        };
    if (family != null) {
      add(step.key(), step.state(), family, step.timeMs());
    }
  }

  static void add(CustomerKey key, CustomerState state, String family, long at) {
    if (at < state.nowMs - CountWindow.MONTH.millis()) {
      return;
    }
    if (state.families == null) {
      state.families = new HashMap<>(4);
    }
    state.families.computeIfAbsent(family, ignored -> new CoarseCounter()).add(at, phase(key));
    fall(key, state);
  }

  /** Takes one out again that turned out not to have been. */
  static void remove(CustomerKey key, CustomerState state, String family, long at) {
    CoarseCounter counter = state.families == null ? null : state.families.get(family);
    if (counter != null) {
      counter.remove(at, phase(key));
      fall(key, state);
    }
  }

  /** Drops what has left the longest window and looks when the next count falls. */
  static void fall(CustomerKey key, CustomerState state) {
    long next = CustomerState.NEVER;
    if (state.families != null) {
      long phase = phase(key);
      for (CoarseCounter counter : state.families.values()) {
        counter.prune(state.nowMs, phase);
        for (CountWindow window : WINDOWS) {
          next = Math.min(next, counter.nextFall(state.nowMs, window.millis(), phase));
        }
      }
      state.families.values().removeIf(counter -> counter.buckets.length == 0);
    }
    state.familiesFallAtMs = next;
  }

  static long phase(CustomerKey key) {
    return Math.floorMod(key.customerId().hashCode(), CoarseCounter.BUCKET_MS);
  }
}
