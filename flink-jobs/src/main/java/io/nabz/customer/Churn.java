package io.nabz.customer;

import io.nabz.customer.state.ContactRecord;
import io.nabz.customer.state.CustomerState;
import io.nabz.customer.state.EvidenceRecord;
import io.nabz.customer.state.FlagRecord;
import io.nabz.customer.state.PurchaseRecord;
import io.nabz.model.EventTypes;
import io.nabz.model.FlagCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * How likely the customer is to leave, by facts that anybody can check: each fact that holds has a
 * weight, and the risk is one minus the product of what the weights leave (a noisy or). The weights
 * are ordered by judgement and not fitted to data.
 */
final class Churn {
  /** A reason to leave that holds now. */
  private record Fact(double weight, long sinceMs, List<EvidenceRecord> evidence) {}

  private static final Comparator<Fact> OLDEST_FIRST =
      Comparator.comparingLong(Fact::sinceMs)
          .thenComparingDouble(Fact::weight)
          .thenComparing(f -> f.evidence.isEmpty() ? "" : f.evidence.get(0).eventId);

  private static final long CANCELLING_FOR_MS = Duration.ofDays(30).toMillis();
  private static final List<String> CANCELLATION =
      List.of("cancel", "terminat", "closure", "port_out", "لغو", "فسخ", "انصراف");
  private static final double CANCELLING = 0.45;
  private static final double QUIET = 0.2;

  private Churn() {}

  /** The risk now, 0 to 1 in hundredths, by the flags that hold and what else is known. */
  static double risk(CustomerState state, FlagPolicy policy) {
    if (state.flags.isEmpty() && state.contacts.isEmpty() && state.purchases.orders < 2) {
      return 0;
    }
    return risk(facts(new Review(state), policy));
  }

  /** {@code CHURN_RISK}: since the fact with which the risk came to be high. */
  static Review.Condition leaving(Review review, FlagPolicy policy) {
    List<Fact> facts = facts(review, policy);
    if (risk(facts) < policy.churnRiskAt()) {
      return null;
    }
    facts.sort(Comparator.comparingLong(Fact::sinceMs));
    List<EvidenceRecord> evidence = new ArrayList<>();
    for (int i = 0; i < facts.size(); i++) {
      for (EvidenceRecord event : facts.get(i).evidence) {
        if (evidence.size() < Review.MAX_EVIDENCE) {
          evidence.add(event);
        }
      }
      if (risk(facts.subList(0, i + 1)) >= policy.churnRiskAt()) {
        return new Review.Condition(facts.get(i).sinceMs, CustomerState.NEVER, evidence);
      }
    }
    throw new IllegalStateException("all facts together are less than all facts together");
  }

  private static double risk(List<Fact> facts) {
    double stays = 1;
    for (Fact fact : facts) {
      stays *= 1 - fact.weight;
    }
    return Math.round((1 - stays) * 100) / 100.0;
  }

  private static double weight(FlagCode code) {
    return switch (code) {
      case DETRACTOR -> 0.3;
      case UNRESOLVED_CASE -> 0.25;
      case REPEAT_CALLER, NEGATIVE_SENTIMENT, SENTIMENT_FALLING, DELIVERY_LATE -> 0.15;
      case CALLBACK_MISSED, PAYMENT_FAILED, SELF_SERVICE_FAILED, CHANNEL_HOPPING -> 0.1;
      case CART_ABANDONED, FRAUD_RISK, CHURN_RISK, VIP -> 0;
    };
  }

  private static List<Fact> facts(Review review, FlagPolicy policy) {
    CustomerState state = review.state();
    List<Fact> facts = new ArrayList<>(4);
    for (FlagRecord flag : state.flags) {
      double weight = weight(FlagCode.valueOf(flag.code));
      if (weight > 0) {
        List<EvidenceRecord> first =
            flag.evidence.isEmpty() ? List.of() : List.of(flag.evidence.get(0));
        facts.add(new Fact(weight, flag.sinceMs, first));
      }
    }
    Fact cancelling = cancelling(review);
    if (cancelling != null) {
      facts.add(cancelling);
    }
    PurchaseRecord purchases = state.purchases;
    if (purchases.orders > 1) {
      long quietSince = purchases.lastOrderAtMs + policy.churnQuietAfter().toMillis();
      review.again(quietSince);
      if (quietSince <= state.nowMs) {
        facts.add(new Fact(QUIET, quietSince, List.of()));
      }
    }
    // Flags stand in the order in which they were raised, which is that of arrival.
    if (facts.size() > 1) {
      facts.sort(OLDEST_FIRST);
    }
    return facts;
  }

  /** The newest contact about leaving. */
  private static Fact cancelling(Review review) {
    for (ContactRecord contact : review.state().contacts) {
      if (isCancellation(contact.topic)) {
        long since = Contacts.startedAt(contact);
        review.again(since + CANCELLING_FOR_MS);
        return since + CANCELLING_FOR_MS <= review.nowMs()
            ? null
            : new Fact(
                CANCELLING,
                since,
                List.of(
                    new EvidenceRecord(
                        "contact", contact.startEventId, EventTypes.CONTACT_INITIATED, since)));
      }
    }
    return null;
  }

  static boolean isCancellation(String topic) {
    if (topic == null) {
      return false;
    }
    String folded = topic.toLowerCase(Locale.ROOT);
    for (String word : CANCELLATION) {
      if (folded.contains(word)) {
        return true;
      }
    }
    return false;
  }
}
