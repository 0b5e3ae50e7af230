package io.nabz.customer;

import io.nabz.customer.state.CaseRecord;
import io.nabz.customer.state.ContactRecord;
import io.nabz.customer.state.CustomerState;
import io.nabz.customer.state.FlagRecord;
import io.nabz.model.FlagCode;
import io.nabz.model.Snapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is likely next, by facts that anybody can check: every recent fact speaks for a reason with
 * a weight, and a reason's probability is its share of all weights, one constant share being left
 * for reasons that nothing speaks for. The weights are judgement and not fitted to data.
 */
final class Actions {
  private static final double UNKNOWN = 0.4;
  private static final int MAX_REASONS = 4;
  private static final int MAX_ACTIONS = 3;

  private static final Map<FlagCode, String> ACTIONS = new EnumMap<>(FlagCode.class);

  static {
    ACTIONS.put(FlagCode.FRAUD_RISK, "verify_identity");
    ACTIONS.put(FlagCode.CALLBACK_MISSED, "call_back_now");
    ACTIONS.put(FlagCode.DELIVERY_LATE, "give_new_delivery_date");
    ACTIONS.put(FlagCode.REPEAT_CALLER, "own_until_solved");
    ACTIONS.put(FlagCode.NEGATIVE_SENTIMENT, "apologise_first");
    ACTIONS.put(FlagCode.UNRESOLVED_CASE, "resolve_case");
    ACTIONS.put(FlagCode.CHURN_RISK, "retain");
    ACTIONS.put(FlagCode.DETRACTOR, "follow_up_score");
    ACTIONS.put(FlagCode.PAYMENT_FAILED, "help_pay");
    ACTIONS.put(FlagCode.SELF_SERVICE_FAILED, "do_task_for_customer");
    ACTIONS.put(FlagCode.CHANNEL_HOPPING, "finish_on_this_channel");
    ACTIONS.put(FlagCode.SENTIMENT_FALLING, "slow_down_and_listen");
    ACTIONS.put(FlagCode.CART_ABANDONED, "remind_of_cart");
    ACTIONS.put(FlagCode.VIP, "greet_by_name");
  }

  private Actions() {}

  static Snapshot.Actions of(CustomerState state, FlagPolicy policy) {
    List<Snapshot.LikelyReason> reasons = reasons(state, policy);
    double churn = Churn.risk(state, policy);
    return new Snapshot.Actions(
        reasons,
        churn == 0 ? null : churn,
        nextBest(state),
        reasons.isEmpty() ? null : queue(state, reasons.get(0).reason(), policy),
        List.of());
  }

  private static List<Snapshot.LikelyReason> reasons(CustomerState state, FlagPolicy policy) {
    Map<String, Double> weights = weights(state, policy);
    double all = UNKNOWN;
    for (double weight : weights.values()) {
      all += weight;
    }
    List<Snapshot.LikelyReason> reasons = new ArrayList<>(weights.size());
    for (Map.Entry<String, Double> entry : weights.entrySet()) {
      // Rounded down, so that the sum never passes one.
      reasons.add(
          new Snapshot.LikelyReason(
              entry.getKey(), Math.floor(entry.getValue() / all * 100) / 100));
    }
    reasons.sort(
        Comparator.comparingDouble(Snapshot.LikelyReason::probability)
            .reversed()
            .thenComparing(Snapshot.LikelyReason::reason));
    return reasons.size() > MAX_REASONS ? List.copyOf(reasons.subList(0, MAX_REASONS)) : reasons;
  }

  private static Map<String, Double> weights(CustomerState state, FlagPolicy policy) {
    Map<String, Double> weights = new LinkedHashMap<>(4);
    if (state.flag(FlagCode.DELIVERY_LATE.name()) != null) {
      weights.put("delivery", 0.9);
    } else if (state.orders != null
        && state.orders.stream().anyMatch(o -> Orders.isUnderWay(o, state.nowMs, policy))) {
      weights.put("delivery", 0.2);
    }
    if (state.flag(FlagCode.CALLBACK_MISSED.name()) != null) {
      weights.put("callback", 0.7);
    }
    if (state.flag(FlagCode.PAYMENT_FAILED.name()) != null) {
      weights.put("payment", 0.7);
    }
    if (state.flag(FlagCode.SELF_SERVICE_FAILED.name()) != null) {
      weights.put("self_service", 0.5);
    }
    if (state.flag(FlagCode.CART_ABANDONED.name()) != null) {
      weights.put("purchase", 0.2);
    }
    if (state.cases != null) {
      for (CaseRecord known : state.cases) {
        if (Cases.isOpen(known)) {
          weights.merge(known.topic == null ? "case" : known.topic, 0.6, Actions::more);
        }
      }
    }
    ContactRecord newest = newestOfTheWeek(state);
    if (newest != null) {
      boolean solved = "resolved".equals(newest.disposition);
      weights.merge(newest.topic, solved ? 0.1 : 0.5, Actions::more);
    }
    return weights;
  }

  private static ContactRecord newestOfTheWeek(CustomerState state) {
    for (ContactRecord contact : state.contacts) {
      long since = state.nowMs - Contacts.startedAt(contact);
      if (contact.topic != null && since <= CountWindow.WEEK.millis()) {
        return contact;
      }
    }
    return null;
  }

  /** Facts that speak for the same reason add, but two of them are not twice as likely. */
  private static double more(double a, double b) {
    return Math.max(a, b) + Math.min(a, b) / 4;
  }

  /** Who dealt with it the last time, otherwise who should. */
  private static String queue(CustomerState state, String reason, FlagPolicy policy) {
    for (ContactRecord contact : state.contacts) {
      if (reason.equals(contact.topic) && contact.queue != null) {
        return contact.queue;
      }
    }
    return policy.reasonQueues().get(reason);
  }

  private static List<String> nextBest(CustomerState state) {
    List<FlagCode> codes = new ArrayList<>(state.flags.size());
    for (FlagRecord flag : state.flags) {
      codes.add(FlagCode.valueOf(flag.code));
    }
    codes.sort(Comparator.comparing(FlagCode::severity).reversed().thenComparing(c -> c));
    return codes.stream().limit(MAX_ACTIONS).map(ACTIONS::get).toList();
  }
}
