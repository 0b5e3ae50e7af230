package io.nabz.customer;

import com.fasterxml.jackson.core.JsonGenerator;
import io.nabz.customer.state.CaseRecord;
import io.nabz.customer.state.ContactRecord;
import io.nabz.customer.state.CustomerState;
import io.nabz.customer.state.FlagRecord;
import io.nabz.customer.state.OrderRecord;
import io.nabz.model.FlagCode;
import java.io.IOException;
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

  private record Likely(String reason, double probability) {}

  private static final Comparator<Likely> LIKELIEST_FIRST =
      Comparator.comparingDouble(Likely::probability).reversed().thenComparing(Likely::reason);

  private static final Comparator<FlagCode> GRAVEST_FIRST =
      Comparator.comparing(FlagCode::severity).reversed().thenComparing(code -> code);

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

  /** What to do first about a customer with that flag. */
  static String of(FlagCode code) {
    return ACTIONS.get(code);
  }

  static void write(JsonGenerator out, CustomerState state, FlagPolicy policy) throws IOException {
    List<Likely> reasons = reasons(state, policy);
    double churn = Churn.risk(state, policy);
    Fields.object(out, "actions");
    Fields.array(out, "likelyReasons");
    for (Likely likely : reasons) {
      out.writeStartObject();
      Fields.text(out, "reason", likely.reason);
      Fields.number(out, "probability", likely.probability);
      out.writeEndObject();
    }
    out.writeEndArray();
    if (churn != 0) {
      Fields.number(out, "churnRisk", churn);
    }
    Fields.array(out, "nextBestActions");
    for (FlagCode code : gravest(state)) {
      out.writeString(of(code));
    }
    out.writeEndArray();
    if (!reasons.isEmpty()) {
      Fields.text(out, "suggestedQueue", queue(state, reasons.get(0).reason, policy));
    }
    Fields.array(out, "articles");
    out.writeEndArray();
    out.writeEndObject();
  }

  /** The likeliest first. */
  private static List<Likely> reasons(CustomerState state, FlagPolicy policy) {
    Map<String, Double> weights = weights(state, policy);
    double all = UNKNOWN;
    for (double weight : weights.values()) {
      all += weight;
    }
    List<Likely> reasons = new ArrayList<>(weights.size());
    for (Map.Entry<String, Double> entry : weights.entrySet()) {
      // Rounded down, so that the sum never passes one.
      reasons.add(new Likely(entry.getKey(), Math.floor(entry.getValue() / all * 100) / 100));
    }
    if (reasons.size() > 1) {
      reasons.sort(LIKELIEST_FIRST);
    }
    return reasons.size() > MAX_REASONS ? reasons.subList(0, MAX_REASONS) : reasons;
  }

  private static Map<String, Double> weights(CustomerState state, FlagPolicy policy) {
    Map<String, Double> weights = new LinkedHashMap<>(4);
    if (state.flag(FlagCode.DELIVERY_LATE.name()) != null) {
      weights.put("delivery", 0.9);
    } else if (isAnyUnderWay(state, policy)) {
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

  private static boolean isAnyUnderWay(CustomerState state, FlagPolicy policy) {
    if (state.orders != null) {
      for (OrderRecord order : state.orders) {
        if (Orders.isUnderWay(order, state.nowMs, policy)) {
          return true;
        }
      }
    }
    return false;
  }

  private static List<FlagCode> gravest(CustomerState state) {
    List<FlagCode> codes = new ArrayList<>(state.flags.size());
    for (FlagRecord flag : state.flags) {
      codes.add(FlagCode.valueOf(flag.code));
    }
    if (codes.size() > 1) {
      codes.sort(GRAVEST_FIRST);
    }
    return codes.size() > MAX_ACTIONS ? codes.subList(0, MAX_ACTIONS) : codes;
  }
}
