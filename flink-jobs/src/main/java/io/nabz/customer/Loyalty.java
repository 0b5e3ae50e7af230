package io.nabz.customer;

import io.nabz.customer.state.CustomerState;
import io.nabz.customer.state.EvidenceRecord;
import io.nabz.customer.state.LoyaltyRecord;
import io.nabz.model.Event;
import io.nabz.model.EventTypes;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Tier and points, and who is a VIP. */
final class Loyalty {
  private Loyalty() {}

  static void apply(Step step) {
    CustomerState state = step.state();
    if (state.loyalty == null) {
      state.loyalty = new LoyaltyRecord();
    }
    LoyaltyRecord loyalty = state.loyalty;
    Event event = step.event();
    long at = step.timeMs();
    String tier = step.word("tier");
    if (tier != null && isNewer(at, loyalty.tierAtMs, tier, loyalty.tier)) {
      loyalty.tier = tier;
      loyalty.tierAtMs = at;
      loyalty.tierEventId = event.id();
    }
    String balance = Decimals.textOrNull(event.data().get("balance"));
    if (balance != null && isNewer(at, loyalty.balanceAtMs, balance, loyalty.balance)) {
      loyalty.balance = balance;
      loyalty.balanceAtMs = at;
    }
    BigDecimal delta = Decimals.parse(Decimals.textOrNull(event.data().get("delta")));
    if (delta != null) {
      BigDecimal before = Decimals.parse(loyalty.changes);
      loyalty.changes = (before == null ? delta : before.add(delta)).toPlainString();
    }
    if (event.type().equals(EventTypes.LOYALTY_JOINED)) {
      loyalty.joinedAtMs = Moments.earlier(loyalty.joinedAtMs, at);
    }
  }

  /** What the programme says, otherwise what the CRM says, or null. */
  static String tier(CustomerState state) {
    return state.loyalty != null && state.loyalty.tier != null
        ? state.loyalty.tier
        : state.profile.attributes.get("tier");
  }

  /** The newest stated balance, otherwise the sum of all changes, or null. */
  static BigDecimal points(LoyaltyRecord loyalty) {
    return loyalty == null
        ? null
        : Decimals.parse(loyalty.balance == null ? loyalty.changes : loyalty.balance);
  }

  /** {@code VIP}: by tier since it was given; by spend since the newest order. */
  static Review.Condition vip(Review review, FlagPolicy policy) {
    CustomerState state = review.state();
    String tier = tier(state);
    if (tier != null && policy.vipTiers().contains(tier.toLowerCase(Locale.ROOT))) {
      boolean told = state.loyalty != null && state.loyalty.tier != null;
      return told
          ? new Review.Condition(
              state.loyalty.tierAtMs,
              CustomerState.NEVER,
              List.of(
                  new EvidenceRecord(
                      "tier",
                      state.loyalty.tierEventId,
                      EventTypes.LOYALTY_TIER_CHANGED,
                      state.loyalty.tierAtMs)))
          : new Review.Condition(state.profile.attributesAtMs, CustomerState.NEVER, List.of());
    }
    for (Map.Entry<String, String> spend : new TreeMap<>(state.purchases.spend).entrySet()) {
      BigDecimal enough = policy.vipSpend().get(spend.getKey());
      BigDecimal sum = Decimals.parse(spend.getValue());
      if (enough != null && sum != null && sum.compareTo(enough) >= 0) {
        return new Review.Condition(state.purchases.lastOrderAtMs, CustomerState.NEVER, List.of());
      }
    }
    return null;
  }

  private static boolean isNewer(long at, long knownAt, String said, String known) {
    return at > knownAt || (at == knownAt && (known == null || said.compareTo(known) > 0));
  }
}
