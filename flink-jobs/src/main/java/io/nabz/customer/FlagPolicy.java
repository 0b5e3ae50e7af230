package io.nabz.customer;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The thresholds of the flags that follow from the facets.
 *
 * @param unresolvedCaseAfter how long a case may be open; a reopened one counts at once
 * @param selfServiceFailedFor how long a failure holds that no success of the same task follows
 * @param paymentFailedFor how long a failed payment holds that no order follows
 * @param orderForgottenAfter silence after which an order no longer counts as on its way
 * @param callbackDueAfter when a call-back is due whose request names no time
 * @param callbackMissedFor how long a missed call-back holds
 * @param hoppingChannels channels on one matter within 24 h that make hopping
 * @param failedLogins failed authentications within the hour that make a risk
 * @param fraudRiskFor how long that risk holds, and how long a device counts as new
 * @param highOrderFactor times the mean of the customer's other orders that make a high order
 * @param sentimentFallingBy by how much the newest signs must be below those before
 * @param churnRiskAt risk, 0 to 1, from which on the flag is raised
 * @param churnQuietAfter silence of a returning buyer after which leaving is likely
 * @param vipTiers tiers that make a VIP, lower case
 * @param vipSpend spend that makes a VIP, by currency
 * @param detractorAt NPS score at or below which a customer is a detractor
 * @param detractorFor how long an answer to the NPS question holds
 * @param reasonQueues queue to suggest, by likely reason
 */
public record FlagPolicy(
    Duration unresolvedCaseAfter,
    Duration selfServiceFailedFor,
    Duration paymentFailedFor,
    Duration orderForgottenAfter,
    Duration callbackDueAfter,
    Duration callbackMissedFor,
    int hoppingChannels,
    int failedLogins,
    Duration fraudRiskFor,
    double highOrderFactor,
    double sentimentFallingBy,
    double churnRiskAt,
    Duration churnQuietAfter,
    List<String> vipTiers,
    Map<String, BigDecimal> vipSpend,
    int detractorAt,
    Duration detractorFor,
    Map<String, String> reasonQueues)
    implements Serializable {

  public static final FlagPolicy DEFAULT =
      new FlagPolicy(
          Duration.ofHours(24),
          Duration.ofHours(24),
          Duration.ofHours(24),
          Duration.ofDays(60),
          Duration.ofHours(24),
          Duration.ofDays(7),
          3,
          3,
          Duration.ofHours(24),
          3,
          0.4,
          0.5,
          Duration.ofDays(90),
          List.of("gold", "platinum", "diamond", "vip"),
          Map.of("IRR", new BigDecimal("5000000000"), "EUR", new BigDecimal("10000")),
          6,
          Duration.ofDays(90),
          Map.of(
              "delivery", "delivery",
              "payment", "billing",
              "case", "care",
              "callback", "care",
              "self_service", "support",
              "purchase", "sales"));

  public FlagPolicy {
    requirePositive(unresolvedCaseAfter, "unresolvedCaseAfter");
    requirePositive(selfServiceFailedFor, "selfServiceFailedFor");
    requirePositive(paymentFailedFor, "paymentFailedFor");
    requirePositive(orderForgottenAfter, "orderForgottenAfter");
    requirePositive(callbackDueAfter, "callbackDueAfter");
    requirePositive(callbackMissedFor, "callbackMissedFor");
    requirePositive(fraudRiskFor, "fraudRiskFor");
    requirePositive(churnQuietAfter, "churnQuietAfter");
    requirePositive(detractorFor, "detractorFor");
    require(hoppingChannels >= 2, "hoppingChannels must be at least 2");
    require(
        failedLogins >= 1 && failedLogins <= Logins.MAX_FAILURES,
        "failedLogins must be 1 to " + Logins.MAX_FAILURES);
    require(highOrderFactor > 1, "highOrderFactor must be above 1");
    require(sentimentFallingBy > 0, "sentimentFallingBy must be above 0");
    require(churnRiskAt > 0 && churnRiskAt <= 1, "churnRiskAt must be above 0 and at most 1");
    vipTiers = List.copyOf(vipTiers);
    vipSpend = Map.copyOf(vipSpend);
    reasonQueues = Map.copyOf(reasonQueues);
  }

  static void requirePositive(Duration duration, String name) {
    requireNonNull(duration, name + " is null");
    require(!duration.isZero() && !duration.isNegative(), name + " must be longer than nothing");
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
