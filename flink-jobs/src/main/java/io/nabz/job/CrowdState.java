package io.nabz.job;

import io.nabz.rules.engine.RuleState;

/** What rules across customers remember of one value. */
public class CrowdState {
  /** {@link RuleState#packed()}. */
  public byte[] rules;

  /** {@link RuleState#dueMs()}. */
  public long rulesDueMs = RuleState.NEVER;

  /** Time of the newest event. */
  public long newestMs = Long.MIN_VALUE;

  /** How far behind the stream's clock it is, of a value that is only in history. */
  public long clockLeadMs;

  /** Twin of the one timer, or {@link RuleState#NEVER}. */
  public long timerAtMs = RuleState.NEVER;

  public CrowdState() {}
}
