package io.nabz.job;

import static java.util.stream.Collectors.toMap;
import static org.apache.flink.configuration.ConfigOptions.key;

import io.nabz.customer.FlagPolicy;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** The options of {@link FlagPolicy}. */
final class FlagOptions {
  private static final FlagPolicy DEFAULT = FlagPolicy.DEFAULT;

  static final ConfigOption<Duration> UNRESOLVED_CASE_AFTER =
      duration(
          "unresolved-case-after",
          DEFAULT.unresolvedCaseAfter(),
          "How long a case may be open before it counts as unresolved; a reopened one does at"
              + " once.");
  static final ConfigOption<Duration> SELF_SERVICE_FAILED_FOR =
      duration(
          "self-service-failed-for",
          DEFAULT.selfServiceFailedFor(),
          "How long failed self-service holds without a success of the same task.");
  static final ConfigOption<Duration> PAYMENT_FAILED_FOR =
      duration(
          "payment-failed-for",
          DEFAULT.paymentFailedFor(),
          "How long a failed payment holds without an order.");
  static final ConfigOption<Duration> ORDER_FORGOTTEN_AFTER =
      duration(
          "order-forgotten-after",
          DEFAULT.orderForgottenAfter(),
          "Silence after which an order no longer counts as on its way.");
  static final ConfigOption<Duration> CALLBACK_DUE_AFTER =
      duration(
          "callback-due-after",
          DEFAULT.callbackDueAfter(),
          "When a call-back is due whose request names no time.");
  static final ConfigOption<Duration> CALLBACK_MISSED_FOR =
      duration(
          "callback-missed-for", DEFAULT.callbackMissedFor(), "How long a missed call-back holds.");
  static final ConfigOption<Integer> HOPPING_CHANNELS =
      number(
          "hopping-channels",
          DEFAULT.hoppingChannels(),
          "Channels on one matter within 24 h that make hopping.");
  static final ConfigOption<Integer> FAILED_LOGINS =
      number(
          "failed-logins",
          DEFAULT.failedLogins(),
          "Failed authentications within an hour that make a risk of fraud.");
  static final ConfigOption<Duration> FRAUD_RISK_FOR =
      duration(
          "fraud-risk-for",
          DEFAULT.fraudRiskFor(),
          "How long a risk of fraud holds, and how long a device counts as new.");
  static final ConfigOption<Double> HIGH_ORDER_FACTOR =
      share(
          "high-order-factor",
          DEFAULT.highOrderFactor(),
          "Times the mean of the customer's other orders that make a high order.");
  static final ConfigOption<Double> SENTIMENT_FALLING_BY =
      share(
          "sentiment-falling-by",
          DEFAULT.sentimentFallingBy(),
          "By how much the two newest signs must be below those before.");
  static final ConfigOption<Double> CHURN_RISK_AT =
      share("churn-risk-at", DEFAULT.churnRiskAt(), "Risk, 0 to 1, that raises the flag.");
  static final ConfigOption<Duration> CHURN_QUIET_AFTER =
      duration(
          "churn-quiet-after",
          DEFAULT.churnQuietAfter(),
          "Silence of a returning buyer after which leaving is likely.");
  static final ConfigOption<List<String>> VIP_TIERS =
      key("vip-tiers")
          .stringType()
          .asList()
          .defaultValues(DEFAULT.vipTiers().toArray(String[]::new))
          .withDescription("Tiers that make a VIP, separated by semicolons.");
  static final ConfigOption<Map<String, String>> VIP_SPEND =
      key("vip-spend")
          .mapType()
          .defaultValue(
              DEFAULT.vipSpend().entrySet().stream()
                  .collect(toMap(Map.Entry::getKey, spend -> spend.getValue().toPlainString())))
          .withDescription("Spend that makes a VIP, by currency.");
  static final ConfigOption<Integer> DETRACTOR_AT =
      number(
          "detractor-at",
          DEFAULT.detractorAt(),
          "NPS score at or below which a customer is a detractor.");
  static final ConfigOption<Duration> DETRACTOR_FOR =
      duration(
          "detractor-for", DEFAULT.detractorFor(), "How long an answer to the NPS question holds.");
  static final ConfigOption<Map<String, String>> REASON_QUEUES =
      key("reason-queues")
          .mapType()
          .defaultValue(DEFAULT.reasonQueues())
          .withDescription("Queue to suggest, by likely reason.");

  static final List<ConfigOption<?>> ALL =
      List.of(
          UNRESOLVED_CASE_AFTER,
          SELF_SERVICE_FAILED_FOR,
          PAYMENT_FAILED_FOR,
          ORDER_FORGOTTEN_AFTER,
          CALLBACK_DUE_AFTER,
          CALLBACK_MISSED_FOR,
          HOPPING_CHANNELS,
          FAILED_LOGINS,
          FRAUD_RISK_FOR,
          HIGH_ORDER_FACTOR,
          SENTIMENT_FALLING_BY,
          CHURN_RISK_AT,
          CHURN_QUIET_AFTER,
          VIP_TIERS,
          VIP_SPEND,
          DETRACTOR_AT,
          DETRACTOR_FOR,
          REASON_QUEUES);

  private FlagOptions() {}

  static FlagPolicy policy(Configuration config) {
    return new FlagPolicy(
        config.get(UNRESOLVED_CASE_AFTER),
        config.get(SELF_SERVICE_FAILED_FOR),
        config.get(PAYMENT_FAILED_FOR),
        config.get(ORDER_FORGOTTEN_AFTER),
        config.get(CALLBACK_DUE_AFTER),
        config.get(CALLBACK_MISSED_FOR),
        config.get(HOPPING_CHANNELS),
        config.get(FAILED_LOGINS),
        config.get(FRAUD_RISK_FOR),
        config.get(HIGH_ORDER_FACTOR),
        config.get(SENTIMENT_FALLING_BY),
        config.get(CHURN_RISK_AT),
        config.get(CHURN_QUIET_AFTER),
        config.get(VIP_TIERS).stream().map(tier -> tier.toLowerCase(Locale.ROOT)).toList(),
        config.get(VIP_SPEND).entrySet().stream()
            .collect(toMap(Map.Entry::getKey, spend -> amount(spend.getValue()))),
        config.get(DETRACTOR_AT),
        config.get(DETRACTOR_FOR),
        config.get(REASON_QUEUES));
  }

  private static BigDecimal amount(String text) {
    try {
      return new BigDecimal(text.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "--vip-spend: '" + text + "' is not a number; give e.g. IRR:5000000000,EUR:10000", e);
    }
  }

  private static ConfigOption<Duration> duration(String name, Duration otherwise, String text) {
    return key(name).durationType().defaultValue(otherwise).withDescription(text);
  }

  private static ConfigOption<Integer> number(String name, int otherwise, String text) {
    return key(name).intType().defaultValue(otherwise).withDescription(text);
  }

  private static ConfigOption<Double> share(String name, double otherwise, String text) {
    return key(name).doubleType().defaultValue(otherwise).withDescription(text);
  }
}
