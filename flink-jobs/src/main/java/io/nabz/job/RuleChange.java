package io.nabz.job;

/** A record of the topic of rules: a rule as it is now, or gone; or one of the topic of seeds. */
public class RuleChange {
  /** {@code tenant/id}. */
  public String key;

  /** Null when the rule is gone; of a seed the {@link io.nabz.warm.WarmMessage}. */
  public byte[] rule;

  /** Whether it is of the topic of seeds. */
  public boolean seed;

  public RuleChange() {}

  public RuleChange(String key, byte[] rule) {
    this.key = key;
    this.rule = rule;
  }
}
