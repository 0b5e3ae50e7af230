package io.nabz.customer;

import io.nabz.customer.state.CallbackRecord;
import io.nabz.customer.state.CustomerState;
import io.nabz.customer.state.EvidenceRecord;
import io.nabz.model.Event;
import io.nabz.model.EventTypes;
import java.util.List;

/** Promises to call back, kept or missed. */
final class Callbacks {
  static final int MAX_CALLBACKS = 4;

  private Callbacks() {}

  static void apply(Step step, FlagPolicy policy) {
    Event event = step.event();
    String contactId = event.text("contactId");
    CustomerState state = step.state();
    state.callbacks = Matters.orNew(state.callbacks);
    CallbackRecord callback =
        Matters.touch(
            state.callbacks,
            contactId == null ? "" : contactId,
            step,
            MAX_CALLBACKS,
            CallbackRecord::new);
    long at = step.timeMs();
    if (event.type().equals(EventTypes.CALLBACK_COMPLETED)) {
      callback.completedAtMs = Math.max(callback.completedAtMs, at);
    } else if (at > callback.requestedAtMs) {
      callback.requestedAtMs = at;
      callback.requestEventId = event.id();
      long due = Moments.of(event, "dueAt");
      callback.dueAtMs = due == 0 ? at + policy.callbackDueAfter().toMillis() : due;
    }
  }

  static boolean isKept(CallbackRecord callback) {
    return callback.completedAtMs >= callback.requestedAtMs;
  }

  /** Whether it is still owed: not made, and not missed so long ago that nobody waits for it. */
  static boolean isOwed(CallbackRecord callback, long nowMs, FlagPolicy policy) {
    return !isKept(callback) && nowMs < callback.dueAtMs + policy.callbackMissedFor().toMillis();
  }

  /** {@code CALLBACK_MISSED}: since it was due, until it is made after all or forgotten. */
  static Review.Condition missed(Review review, FlagPolicy policy) {
    List<CallbackRecord> callbacks = review.state().callbacks;
    Review.Condition found = null;
    if (callbacks != null) {
      for (CallbackRecord callback : callbacks) {
        if (!isKept(callback)) {
          Review.Condition missed =
              review.between(
                  callback.dueAtMs,
                  callback.dueAtMs + policy.callbackMissedFor().toMillis(),
                  List.of(
                      new EvidenceRecord(
                          "request",
                          callback.requestEventId,
                          EventTypes.CALLBACK_REQUESTED,
                          callback.requestedAtMs)));
          found = Review.both(found, missed);
        }
      }
    }
    return found;
  }
}
