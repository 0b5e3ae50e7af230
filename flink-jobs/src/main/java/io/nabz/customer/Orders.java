package io.nabz.customer;

import io.nabz.customer.state.CustomerState;
import io.nabz.customer.state.EvidenceRecord;
import io.nabz.customer.state.OrderRecord;
import io.nabz.model.Event;
import io.nabz.model.EventTypes;
import io.nabz.model.Identifier;
import io.nabz.model.IdentifierNormaliser;
import io.nabz.model.IdentifierType;
import java.util.List;

/** The life of orders and of their deliveries. */
final class Orders {
  static final int MAX_ORDERS = 8;
  private static final int TOTAL = 0;
  private static final int CURRENCY = 1;
  private static final int PROMISE = 2;
  private static final int FIELDS = 3;

  private Orders() {}

  static void apply(Step step, IdentifierNormaliser normaliser) {
    Event event = step.event();
    CustomerState state = step.state();
    String orderId = event.text("orderId");
    if (orderId == null) {
      if (event.type().equals(EventTypes.ORDER_PLACED)) {
        Purchases.addNameless(step);
      }
      return;
    }
    state.orders = Matters.orNew(state.orders);
    OrderRecord order = Matters.touch(state.orders, orderId, step, MAX_ORDERS, OrderRecord::new);
    Purchases.uncount(state, order);
    note(order, step, normaliser);
    describe(order, step);
    Purchases.count(state, order);
  }

  private static void note(OrderRecord order, Step step, IdentifierNormaliser normaliser) {
    Event event = step.event();
    long at = step.timeMs();
    switch (event.type()) {
      case EventTypes.ORDER_PLACED -> {
        if (order.placedAtMs == 0 || at < order.placedAtMs) {
          order.placedAtMs = at;
          order.placeEventId = event.id();
          String device = event.identifier(IdentifierType.DEVICE_ID);
          Identifier known =
              device == null ? null : normaliser.normalise(IdentifierType.DEVICE_ID, device);
          order.deviceId = known == null ? null : known.value();
        }
      }
      case EventTypes.ORDER_SHIPPED -> order.shippedAtMs = Math.max(order.shippedAtMs, at);
      case EventTypes.ORDER_DELAYED -> {
        if (order.delayedAtMs == 0 || at < order.delayedAtMs) {
          order.delayedAtMs = at;
          order.delayEventId = event.id();
        }
      }
      case EventTypes.ORDER_DELIVERED ->
          order.deliveredAtMs = Moments.earlier(order.deliveredAtMs, at);
      case EventTypes.ORDER_CANCELLED ->
          order.cancelledAtMs = Moments.earlier(order.cancelledAtMs, at);
      case EventTypes.ORDER_RETURNED -> order.returnedAtMs = Math.max(order.returnedAtMs, at);
      default -> {
        // Other words on an order only describe it.
      }
    }
  }

  private static void describe(OrderRecord order, Step step) {
    Event event = step.event();
    String total = Decimals.textOrNull(event.data().get("total"));
    if (Matters.says(order, TOTAL, FIELDS, step, order.total, total)) {
      order.total = total;
    }
    String currency = event.text("currency");
    if (currency != null
        && currency.length() <= Purchases.MAX_CURRENCY_CHARS
        && Matters.says(order, CURRENCY, FIELDS, step, order.currency, currency)) {
      order.currency = currency;
    }
    long promised = Moments.of(event, "promisedAt");
    if (promised != 0
        && Matters.says(order, PROMISE, FIELDS, step, order.promiseEventId, event.id())) {
      order.promisedAtMs = promised;
      order.promiseEventId = event.id();
      order.promiseType = event.type().equals(EventTypes.ORDER_PLACED) ? null : event.type();
    }
  }

  /** {@code placed shipped delayed delivered cancelled returned}. */
  static String state(OrderRecord order) {
    if (order.returnedAtMs != 0) {
      return "returned";
    }
    if (order.cancelledAtMs != 0) {
      return "cancelled";
    }
    if (order.deliveredAtMs != 0) {
      return "delivered";
    }
    if (order.delayedAtMs != 0) {
      return "delayed";
    }
    return order.shippedAtMs != 0 ? "shipped" : "placed";
  }

  static boolean isOver(OrderRecord order) {
    return order.deliveredAtMs != 0 || order.cancelledAtMs != 0 || order.returnedAtMs != 0;
  }

  /** Until when an order of which nothing is heard counts as on its way. */
  static long forgottenAt(OrderRecord order, FlagPolicy policy) {
    return Math.max(order.lastAtMs, order.promisedAtMs) + policy.orderForgottenAfter().toMillis();
  }

  static boolean isUnderWay(OrderRecord order, long nowMs, FlagPolicy policy) {
    return !isOver(order) && nowMs < forgottenAt(order, policy);
  }

  /**
   * {@code DELIVERY_LATE}: since a delay was announced or the promise has passed, until the order
   * is delivered, cancelled, returned or forgotten.
   */
  static Review.Condition late(Review review, FlagPolicy policy) {
    List<OrderRecord> orders = review.state().orders;
    Review.Condition found = null;
    if (orders == null) {
      return null;
    }
    for (OrderRecord order : orders) {
      if (isOver(order)) {
        continue;
      }
      long until = forgottenAt(order, policy);
      review.again(until);
      boolean announced =
          order.delayedAtMs != 0
              && (order.promisedAtMs == 0 || order.delayedAtMs <= order.promisedAtMs);
      if (announced) {
        found =
            Review.both(
                found,
                review.between(
                    order.delayedAtMs,
                    until,
                    List.of(
                        new EvidenceRecord(
                            "delay",
                            order.delayEventId,
                            EventTypes.ORDER_DELAYED,
                            order.delayedAtMs))));
      } else if (order.promisedAtMs != 0) {
        found = Review.both(found, review.between(order.promisedAtMs, until, promise(order)));
      }
    }
    return found;
  }

  private static List<EvidenceRecord> promise(OrderRecord order) {
    return List.of(
        new EvidenceRecord(
            "promise",
            order.promiseEventId,
            order.promiseType == null ? EventTypes.ORDER_PLACED : order.promiseType,
            order.baseMs + order.saidAt[PROMISE]));
  }
}
