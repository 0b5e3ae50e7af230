package io.nabz.customer;

import io.nabz.customer.state.CaseRecord;
import io.nabz.customer.state.CustomerState;
import io.nabz.customer.state.EvidenceRecord;
import io.nabz.model.Event;
import io.nabz.model.EventTypes;
import java.util.List;

/** The life of cases. */
final class Cases {
  static final int MAX_CASES = 8;
  private static final int TOPIC = 0;
  private static final int PRIORITY = 1;
  private static final int FIELDS = 2;

  private Cases() {}

  static void apply(Step step) {
    Event event = step.event();
    String caseId = event.text("caseId");
    if (caseId == null) {
      return;
    }
    CustomerState state = step.state();
    state.cases = Matters.orNew(state.cases);
    CaseRecord known = Matters.touch(state.cases, caseId, step, MAX_CASES, CaseRecord::new);
    long at = step.timeMs();
    if (known.openedAtMs == 0 && at == known.firstAtMs) {
      known.openEventId = event.id();
    }
    switch (event.type()) {
      case EventTypes.CASE_OPENED -> {
        if (known.openedAtMs == 0 || at < known.openedAtMs) {
          known.openedAtMs = at;
          known.openEventId = event.id();
        }
      }
      case EventTypes.CASE_RESOLVED -> known.resolvedAtMs = Math.max(known.resolvedAtMs, at);
      case EventTypes.CASE_REOPENED -> {
        if (at > known.reopenedAtMs) {
          known.reopenedAtMs = at;
          known.reopenEventId = event.id();
        }
      }
      default -> known.updatedAtMs = Math.max(known.updatedAtMs, at);
    }
    String topic = step.word("topic");
    if (Matters.says(known, TOPIC, FIELDS, step, known.topic, topic)) {
      known.topic = topic;
    }
    String priority = step.word("priority");
    if (Matters.says(known, PRIORITY, FIELDS, step, known.priority, priority)) {
      known.priority = priority;
    }
  }

  static boolean isOpen(CaseRecord known) {
    return known.resolvedAtMs == 0 || known.reopenedAtMs > known.resolvedAtMs;
  }

  /** {@code open}, {@code reopened} or {@code resolved}. */
  static String state(CaseRecord known) {
    if (!isOpen(known)) {
      return "resolved";
    }
    return known.reopenedAtMs == 0 ? "open" : "reopened";
  }

  static long openedAt(CaseRecord known) {
    return known.openedAtMs == 0 ? known.firstAtMs : known.openedAtMs;
  }

  /** {@code UNRESOLVED_CASE}: open for too long, or open again. */
  static Review.Condition unresolved(Review review, FlagPolicy policy) {
    List<CaseRecord> cases = review.state().cases;
    Review.Condition found = null;
    if (cases != null) {
      for (CaseRecord known : cases) {
        if (isOpen(known)) {
          found = Review.both(found, unresolved(review, known, policy));
        }
      }
    }
    return found;
  }

  private static Review.Condition unresolved(Review review, CaseRecord known, FlagPolicy policy) {
    long tooLong = openedAt(known) + policy.unresolvedCaseAfter().toMillis();
    if (known.reopenedAtMs == 0) {
      String type = known.openedAtMs == 0 ? EventTypes.CASE_UPDATED : EventTypes.CASE_OPENED;
      return holds(review, tooLong, known.openEventId, type, openedAt(known));
    }
    long since =
        known.resolvedAtMs == 0 ? Math.min(tooLong, known.reopenedAtMs) : known.reopenedAtMs;
    return holds(review, since, known.reopenEventId, EventTypes.CASE_REOPENED, known.reopenedAtMs);
  }

  private static Review.Condition holds(
      Review review, long since, String eventId, String type, long at) {
    return review.between(
        since, CustomerState.NEVER, List.of(new EvidenceRecord("case", eventId, type, at)));
  }
}
