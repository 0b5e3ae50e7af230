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
    Review review = new Review(state);
    FlagReview flags = new FlagReview(key, state, changes, eventAtMs);
    FlagPolicy thresholds = policy.flags();
    flags.set(FlagCode.REPEAT_CALLER, RepeatCalls.repeating(review, policy.repeatCallerCalls()));
    flags.set(FlagCode.NEGATIVE_SENTIMENT, Moods.negative(review, policy));
    flags.set(FlagCode.SENTIMENT_FALLING, Moods.falling(review, policy));
    flags.set(FlagCode.UNRESOLVED_CASE, Cases.unresolved(review, thresholds));
    flags.set(FlagCode.SELF_SERVICE_FAILED, SelfService.failed(review, thresholds));
    flags.set(FlagCode.PAYMENT_FAILED, Payments.failed(review, thresholds));
    flags.set(FlagCode.DELIVERY_LATE, Orders.late(review, thresholds));
    flags.set(FlagCode.CALLBACK_MISSED, Callbacks.missed(review, thresholds));
    flags.set(FlagCode.CHANNEL_HOPPING, ChannelHopping.hopping(review, thresholds));
    flags.set(FlagCode.FRAUD_RISK, Logins.fraud(review, thresholds));
    flags.set(FlagCode.VIP, Loyalty.vip(review, thresholds));
    flags.set(FlagCode.DETRACTOR, Surveys.detractor(review, thresholds));
    // Last, since it rests on the others.
    flags.set(FlagCode.CHURN_RISK, Churn.leaving(review, thresholds));
    state.reviewAtMs = review.nextMs();
  }

  private void set(FlagCode code, Review.Condition condition) {
    if (condition != null) {
      Flags.hold(key, state, code, condition, changes);
    } else if (state.flag(code.name()) != null) {
      if (eventAtMs <= state.flag(code.name()).sinceMs) {
        Flags.retract(key, state, code, changes);
      } else {
        Flags.end(state, code);
      }
    }
  }
}
