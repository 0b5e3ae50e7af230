package io.nabz.model;

import java.util.Locale;

/**
 * The built-in conditions of a customer. Each has a built-in rule of the same name in kebab-case.
 */
public enum FlagCode {
  REPEAT_CALLER(Severity.HIGH),
  CART_ABANDONED(Severity.MEDIUM),
  NEGATIVE_SENTIMENT(Severity.HIGH),
  SENTIMENT_FALLING(Severity.MEDIUM),
  UNRESOLVED_CASE(Severity.MEDIUM),
  SELF_SERVICE_FAILED(Severity.MEDIUM),
  PAYMENT_FAILED(Severity.MEDIUM),
  DELIVERY_LATE(Severity.HIGH),
  CALLBACK_MISSED(Severity.HIGH),
  CHANNEL_HOPPING(Severity.MEDIUM),
  FRAUD_RISK(Severity.CRITICAL),
  CHURN_RISK(Severity.HIGH),
  VIP(Severity.INFO),
  DETRACTOR(Severity.HIGH);

  private final Severity severity;

  FlagCode(Severity severity) {
    this.severity = severity;
  }

  public Severity severity() {
    return severity;
  }

  /**
   * The id of the built-in rule that alerts when the flag is raised, e.g. {@code repeat-caller}.
   */
  public String ruleId() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
