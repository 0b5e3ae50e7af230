package io.nabz.customer;

import io.nabz.customer.state.CustomerState;
import io.nabz.customer.state.EvidenceRecord;
import io.nabz.customer.state.IdentifierRecord;
import io.nabz.customer.state.OrderRecord;
import io.nabz.model.EventTypes;
import io.nabz.model.IdentifierType;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.List;

/** Signs that somebody else may be acting in the customer's name. */
final class Logins {
  static final int MAX_FAILURES = 8;
  private static final long WITHIN_MS = Duration.ofHours(1).toMillis();
  private static final int MIN_OTHER_ORDERS = 2;

  private Logins() {}

  static void onFailure(Step step) {
    CustomerState state = step.state();
    state.failedLogins = Matters.orNew(state.failedLogins);
    Payments.insert(state.failedLogins, step.evidence("login"), MAX_FAILURES);
  }

  /**
   * {@code FRAUD_RISK}: too many failed authentications within an hour (a success after them may be
   * the guesser's, so it clears nothing), or a high order from a new device.
   */
  static Review.Condition fraud(Review review, FlagPolicy policy) {
    return Review.both(guessing(review, policy), highOrder(review, policy));
  }

  private static Review.Condition guessing(Review review, FlagPolicy policy) {
    List<EvidenceRecord> failures = review.state().failedLogins;
    Review.Condition found = null;
    if (failures != null) {
      for (int last = policy.failedLogins() - 1; last < failures.size(); last++) {
        int first = last - policy.failedLogins() + 1;
        long at = failures.get(last).timeMs;
        if (at - failures.get(first).timeMs <= WITHIN_MS) {
          found =
              Review.both(
                  found,
                  review.between(
                      at,
                      at + policy.fraudRiskFor().toMillis(),
                      List.copyOf(failures.subList(first, last + 1))));
        }
      }
    }
    return found;
  }

  private static Review.Condition highOrder(Review review, FlagPolicy policy) {
    List<OrderRecord> orders = review.state().orders;
    Review.Condition found = null;
    if (orders != null) {
      for (OrderRecord order : orders) {
        if (order.counted
            && isFromNewDevice(review.state(), order, policy)
            && isHigh(orders, order, policy)) {
          EvidenceRecord placed =
              new EvidenceRecord(
                  "order", order.placeEventId, EventTypes.ORDER_PLACED, order.placedAtMs);
          found =
              Review.both(
                  found,
                  review.between(
                      order.placedAtMs,
                      order.placedAtMs + policy.fraudRiskFor().toMillis(),
                      List.of(placed)));
        }
      }
    }
    return found;
  }

  /** New to a customer who had another device before. */
  private static boolean isFromNewDevice(
      CustomerState state, OrderRecord order, FlagPolicy policy) {
    if (order.deviceId == null) {
      return false;
    }
    String type = IdentifierType.DEVICE_ID.code();
    long firstSeen = state.profile.firstSeen(type, order.deviceId);
    if (firstSeen == CustomerState.NEVER
        || order.placedAtMs - firstSeen > policy.fraudRiskFor().toMillis()) {
      return false;
    }
    for (IdentifierRecord known : state.profile.identifiers) {
      if (known.type.equals(type) && known.firstSeenMs < firstSeen) {
        return true;
      }
    }
    return false;
  }

  private static boolean isHigh(List<OrderRecord> orders, OrderRecord order, FlagPolicy policy) {
    BigDecimal total = Decimals.parse(order.total);
    if (total == null || order.currency == null) {
      return false;
    }
    BigDecimal sum = BigDecimal.ZERO;
    int others = 0;
    for (OrderRecord other : orders) {
      BigDecimal otherTotal = Decimals.parse(other.total);
      if (other.counted
          && other.placedAtMs < order.placedAtMs
          && otherTotal != null
          && order.currency.equals(other.currency)) {
        sum = sum.add(otherTotal);
        others++;
      }
    }
    return others >= MIN_OTHER_ORDERS
        && total.compareTo(
                sum.multiply(BigDecimal.valueOf(policy.highOrderFactor()))
                    .divide(BigDecimal.valueOf(others), MathContext.DECIMAL64))
            >= 0;
  }
}
