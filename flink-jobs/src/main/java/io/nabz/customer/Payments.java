package io.nabz.customer;

import io.nabz.customer.state.CustomerState;
import io.nabz.customer.state.EvidenceRecord;
import java.util.ArrayList;
import java.util.List;

/** Payments that failed and were not made good by an order. */
final class Payments {
  private static final int MAX_FAILURES = 3;

  private Payments() {}

  static void onFailure(Step step) {
    CustomerState state = step.state();
    state.failedPayments = Matters.orNew(state.failedPayments);
    insert(state.failedPayments, step.evidence("payment"), MAX_FAILURES);
  }

  /** {@code PAYMENT_FAILED}: since the first kept failure after the newest order. */
  static Review.Condition failed(Review review, FlagPolicy policy) {
    CustomerState state = review.state();
    if (state.failedPayments == null) {
      return null;
    }
    List<EvidenceRecord> open = new ArrayList<>();
    for (EvidenceRecord failure : state.failedPayments) {
      if (failure.timeMs > state.purchases.lastOrderAtMs) {
        open.add(failure);
      }
    }
    if (open.isEmpty()) {
      return null;
    }
    long until = open.get(open.size() - 1).timeMs + policy.paymentFailedFor().toMillis();
    return review.between(open.get(0).timeMs, until, open);
  }

  /** Keeps the newest of them, oldest first. */
  static void insert(List<EvidenceRecord> list, EvidenceRecord event, int max) {
    int place = list.size();
    while (place > 0 && isBefore(event, list.get(place - 1))) {
      place--;
    }
    list.add(place, event);
    if (list.size() > max) {
      list.remove(0);
    }
  }

  private static boolean isBefore(EvidenceRecord a, EvidenceRecord b) {
    return a.timeMs != b.timeMs ? a.timeMs < b.timeMs : a.eventId.compareTo(b.eventId) < 0;
  }
}
