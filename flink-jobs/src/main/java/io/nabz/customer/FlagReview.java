package io.nabz.customer;

import io.nabz.customer.state.CustomerState;
import io.nabz.model.CustomerKey;
import io.nabz.model.FlagCode;

/**
 * Brings the flags that follow from the facets in line with what is known now. A flag that goes
 * because of an event from before it was raised had never been true, so its alert is taken back.
 */
final class FlagReview {
  /** No event is being applied: time alone is at work, and what it ends was true. */
  static final long BY_TIME = Long.MAX_VALUE;

  private final CustomerKey key;
  private final CustomerState state;
  private final Changes changes;
  private final long eventAtMs;
  private boolean onlyRaises;

  private FlagReview(CustomerKey key, CustomerState state, Changes changes, long eventAtMs) {
    this.key = key;
    this.state = state;
    this.changes = changes;
    this.eventAtMs = eventAtMs;
  }

  /**
   * @param eventAtMs time of the event that is being applied, or {@link #BY_TIME}
   */
  static void run(
      CustomerKey key,
      CustomerState state,
      CustomerPolicy policy,
      long eventAtMs,
      Changes changes) {
    FlagReview flags = new FlagReview(key, state, changes, eventAtMs);
    flags.raiseWhatTheClockHasPassed(policy);
    flags.review(policy);
  }

  /**
   * The clock may have run ahead of this customer's feed, as it does when partitions are drained at
   * different speeds. What was true at the customer's newest event is told all the same; the review
   * after this one ends what is over by now.
   */
  private void raiseWhatTheClockHasPassed(CustomerPolicy policy) {
    long ahead = state.nowMs;
    if (eventAtMs == BY_TIME || state.lastEventAtMs >= ahead) {
      return;
    }
    state.nowMs = state.lastEventAtMs;
    onlyRaises = true;
    review(policy);
    onlyRaises = false;
    state.nowMs = ahead;
  }

  private void review(CustomerPolicy policy) {
    Review review = new Review(state);
    FlagPolicy thresholds = policy.flags();
    set(FlagCode.REPEAT_CALLER, RepeatCalls.repeating(review, policy.repeatCallerCalls()));
    set(FlagCode.NEGATIVE_SENTIMENT, Moods.negative(review, policy));
    set(FlagCode.SENTIMENT_FALLING, Moods.falling(review, policy));
    set(FlagCode.UNRESOLVED_CASE, Cases.unresolved(review, thresholds));
    set(FlagCode.SELF_SERVICE_FAILED, SelfService.failed(review, thresholds));
    set(FlagCode.PAYMENT_FAILED, Payments.failed(review, thresholds));
    set(FlagCode.DELIVERY_LATE, Orders.late(review, thresholds));
    set(FlagCode.CALLBACK_MISSED, Callbacks.missed(review, thresholds));
    set(FlagCode.CHANNEL_HOPPING, ChannelHopping.hopping(review, thresholds));
    set(FlagCode.FRAUD_RISK, Logins.fraud(review, thresholds));
    set(FlagCode.VIP, Loyalty.vip(review, thresholds));
    set(FlagCode.DETRACTOR, Surveys.detractor(review, thresholds));
    // Last, since it rests on the others.
    set(FlagCode.CHURN_RISK, Churn.leaving(review, thresholds));
    state.reviewAtMs = review.nextMs();
  }

  private void set(FlagCode code, Review.Condition condition) {
    if (condition != null) {
      if (!onlyRaises || state.flag(code.name()) == null) {
        Flags.hold(key, state, code, condition, changes);
      }
    } else if (!onlyRaises && state.flag(code.name()) != null) {
      if (eventAtMs <= state.flag(code.name()).sinceMs) {
        Flags.retract(key, state, code, changes);
      } else {
        Flags.end(state, code);
      }
    }
  }
}
