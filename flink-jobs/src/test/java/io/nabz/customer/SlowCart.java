package io.nabz.customer;

import com.fasterxml.jackson.databind.JsonNode;
import io.nabz.model.Event;
import io.nabz.model.EventTypes;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The basket as it is defined: all events at once, in the order of their times, then the clock. */
final class SlowCart {
  private static final Duration REST = CustomerPolicy.DEFAULT.cartAbandonedAfter();
  private static final Duration FORGOTTEN = CustomerPolicy.DEFAULT.cartForgottenAfter();

  /** Quantities by sku, in the order in which the skus came in. */
  final Map<String, Double> lines = new LinkedHashMap<>();

  /** When a cart was left, by the event after which it was. */
  final Map<String, Instant> left = new TreeMap<>();

  /** Whether the newest cart is one of those and is still shown. */
  boolean isLeft;

  private Event newest;

  static SlowCart of(List<Event> events, Instant now) {
    SlowCart cart = new SlowCart();
    events.stream()
        .filter(event -> !event.type().equals(EventTypes.PAGE_VIEWED))
        .sorted(
            Comparator.comparing(Event::time)
                .thenComparing(event -> event.type().equals(EventTypes.ORDER_PLACED))
                .thenComparing(Event::id))
        .forEach(
            event -> {
              // What falls due at the very moment of an event is left for after it.
              cart.clock(event.time().minusMillis(1));
              cart.take(event);
            });
    cart.clock(now);
    return cart;
  }

  private void clock(Instant now) {
    if (newest == null || lines.isEmpty()) {
      return;
    }
    Instant at = newest.time().plus(REST);
    if (!now.isBefore(at)) {
      left.put(newest.id(), at);
      isLeft = true;
    }
    if (!now.isBefore(at.plus(FORGOTTEN))) {
      lines.clear();
      isLeft = false;
    }
  }

  private void take(Event event) {
    isLeft = false;
    newest = event;
    JsonNode said = event.data().get("quantity");
    String sku = event.text("sku");
    switch (event.type()) {
      case EventTypes.ORDER_PLACED -> lines.clear();
      case EventTypes.CART_ITEM_ADDED ->
          lines.merge(sku, said == null ? 1 : said.asDouble(), Double::sum);
      case EventTypes.CART_ITEM_REMOVED -> {
        double taken = said == null ? Double.MAX_VALUE : said.asDouble();
        lines.computeIfPresent(sku, (key, quantity) -> quantity > taken ? quantity - taken : null);
      }
      default -> {
        // It keeps the cart alive and changes nothing in it.
      }
    }
  }
}
