package io.nabz.customer;

import io.nabz.customer.state.CustomerState;
import io.nabz.model.EventTypes;

/**
 * How old each part of the snapshot is: the time of the newest event that told of it. Of the
 * history that is the newest event at all, of the sentiment the newest sign.
 */
final class Facets {
  private Facets() {}

  static void apply(Step step) {
    CustomerState state = step.state();
    String type = step.event().type();
    int dot = type.indexOf('.');
    switch (dot < 0 ? type : type.substring(0, dot)) {
      case "contact", "message", "callback", "case", "cart", "checkout", "payment" ->
          activity(state, step.timeMs());
      case "order" -> {
        activity(state, step.timeMs());
        value(state, step.timeMs());
      }
      case "loyalty" -> value(state, step.timeMs());
      case "profile", "identity", "consent", "relationship" -> identity(state, step.timeMs());
      case "campaign" -> {
        if (type.equals(EventTypes.CAMPAIGN_UNSUBSCRIBED)) {
          identity(state, step.timeMs());
        }
      }
      default -> {
        // It stands in the history alone.
      }
    }
  }

  /** {@code Long.MIN_VALUE} when nothing was ever told. */
  static long identityAsOf(CustomerState state) {
    long told = state.identityAtMs == 0 ? Long.MIN_VALUE : state.identityAtMs;
    return Math.max(told, state.profile.updatedAtMs);
  }

  private static void identity(CustomerState state, long at) {
    state.identityAtMs = Math.max(state.identityAtMs, at);
  }

  private static void activity(CustomerState state, long at) {
    state.activityAtMs = Math.max(state.activityAtMs, at);
  }

  private static void value(CustomerState state, long at) {
    state.valueAtMs = Math.max(state.valueAtMs, at);
  }
}
