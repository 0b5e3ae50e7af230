package io.nabz.rules.engine;

import java.util.Comparator;
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

  /** The same by rule, of a customer with many; an empty section there is none. */
  transient Section[] slots;

  /** For which rules the sections were last put in order. */
  transient RuleSet rules;

  /** What is under way of a customer is told up to so many bytes; of the rest only that it is. */
  private static final int MAX_TOLD_BYTES = 4096;

  /**
   * What of it {@link UnderWay} can read, for those who look on from elsewhere; null for nothing.
   * Nothing is decoded for it.
   *
   * @param packed may be null
   */
  public static byte[] underWay(byte[] packed) {
    return packed == null ? null : StateCodec.underWay(packed, MAX_TOLD_BYTES);
  }

  /**
   * One that is stored.
   *
   * @param packed may be null
   */
  public static RuleState of(byte[] packed) {
    RuleState state = new RuleState();
    state.packed = packed;
    for (Section section : StateCodec.unpack(packed)) {
      state.dueMs = Math.min(state.dueMs, section.dueMs);
    }
    return state;
  }

  /** Whether something is remembered for that rule. */
  public static boolean knows(byte[] packed, CompiledRule rule) {
    return StateCodec.unpack(packed).stream().anyMatch(section -> section.key() == rule.key());
  }

  /** Takes over what another one remembers, in the place of what is here of the same rules. */
  public void adopt(RuleState other) {
    List<Section> theirs = StateCodec.unpack(other.packed);
    List<Section> all = StateCodec.unpack(packed);
    all.removeIf(own -> theirs.stream().anyMatch(section -> section.key() == own.key()));
    all.addAll(theirs);
    all.sort(Comparator.comparingLong(Section::key));
    RuleState both = of(new StateCodec().pack(all));
    packed = both.packed;
    dueMs = both.dueMs;
    sections = null;
    slots = null;
    rules = null;
  }

  public boolean isEmpty() {
    return packed == null;
  }
}
