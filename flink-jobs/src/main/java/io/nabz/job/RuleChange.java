package io.nabz.job;

/** A record of the topic of rules: a rule as it is now, or gone. */
public class RuleChange {
  /** {@code tenant/id}. */
  public String key;

  /** Null when the rule is gone. */
  public byte[] rule;

  public RuleChange() {}

  public RuleChange(String key, byte[] rule) {
    this.key = key;
    this.rule = rule;
  }
}
