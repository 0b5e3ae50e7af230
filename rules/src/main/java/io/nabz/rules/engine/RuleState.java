package io.nabz.rules.engine;

import java.util.List;

/**
 * All that rules remember of one customer, in one compact value. What was decoded is kept beside it
 * while the object lives.
 */
public class RuleState {
  /** No moment. */
  public static final long NEVER = Long.MAX_VALUE;

  /** The sections of all rules that have something to remember; null for none. */
  public byte[] packed;

  /** The next moment at which the passing of time matters to a rule, or {@link #NEVER}. */
  public long dueMs = NEVER;

  transient List<Section> sections;

  /** For which rules the sections were last put in order. */
  transient RuleSet rules;

  public boolean isEmpty() {
    return packed == null;
  }
}
