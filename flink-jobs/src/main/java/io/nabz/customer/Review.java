package io.nabz.customer;

import io.nabz.customer.state.CustomerState;
import io.nabz.customer.state.EvidenceRecord;
import java.util.ArrayList;
import java.util.List;

/**
 * One look at which flags follow from the facets now. Being functions of what is known and of the
 * customer's clock, they come out the same whatever the order in which events arrived.
 */
final class Review {
  /** A flag that holds: since when, until when if nothing more comes, and why. */
  record Condition(long sinceMs, long untilMs, List<EvidenceRecord> evidence) {}

  static final int MAX_EVIDENCE = 10;

  private final CustomerState state;
  private long nextMs = CustomerState.NEVER;

  Review(CustomerState state) {
    this.state = state;
  }

  CustomerState state() {
    return state;
  }

  long nowMs() {
    return state.nowMs;
  }

  /** Asks to be looked at again at that moment, unless it has passed. */
  void again(long atMs) {
    if (atMs > state.nowMs) {
      nextMs = Math.min(nextMs, atMs);
    }
  }

  /** The condition that holds from its beginning to its end, or null outside of these. */
  Condition between(long sinceMs, long untilMs, List<EvidenceRecord> evidence) {
    again(sinceMs);
    again(untilMs);
    return state.nowMs >= sinceMs && state.nowMs < untilMs
        ? new Condition(sinceMs, untilMs, evidence)
        : null;
  }

  long nextMs() {
    return nextMs;
  }

  /** Of several matters the condition stands since the first and until the last. */
  static Condition both(Condition a, Condition b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    Condition first =
        a.sinceMs != b.sinceMs
            ? (a.sinceMs < b.sinceMs ? a : b)
            : (a.evidence.get(0).eventId.compareTo(b.evidence.get(0).eventId) <= 0 ? a : b);
    List<EvidenceRecord> evidence = new ArrayList<>(first.evidence);
    for (EvidenceRecord event : (first == a ? b : a).evidence) {
      if (evidence.size() < MAX_EVIDENCE) {
        evidence.add(event);
      }
    }
    return new Condition(first.sinceMs, Math.max(a.untilMs, b.untilMs), evidence);
  }
}
