package io.nabz.rules.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * All that rules remember of one customer. What is stored of it is one compact value, which is read
 * when a rule first asks and made when {@link #packed} is asked for, not with each event.
 */
public final class RuleState {
  /** No moment. */
  public static final long NEVER = Long.MAX_VALUE;

  /** What is under way of a customer is told up to so many bytes; of the rest only that it is. */
  private static final int MAX_TOLD_BYTES = 4096;

  /** Null for nothing, or while {@link #writer} is there. */
  private byte[] packed;

  /** Of whoever changed the sections since they were packed; null if nobody has. */
  private StateCodec writer;

  /** The next moment at which the passing of time matters to a rule, or {@link #NEVER}. */
  private long dueMs = NEVER;

  /** In order of their keys; null as long as none has been asked for. */
  private List<Section> sections;

  /** The same by rule, of a customer with many; an empty section there is none. */
  Section[] slots;

  /** For which rules the sections were last put in order. */
  RuleSet rules;

  /** Of one of whom nothing is remembered. */
  public RuleState() {}

  /**
   * One that is stored.
   *
   * @param packed may be null
   */
  public static RuleState of(byte[] packed) {
    RuleState state = new RuleState();
    state.packed = packed;
    state.dueMs = due(state.sections());
    return state;
  }

  /**
   * One that is stored and of which is known when time next matters, so that nothing need be read.
   *
   * @param packed may be null
   */
  public static RuleState of(byte[] packed, long dueMs) {
    RuleState state = new RuleState();
    state.packed = packed;
    state.dueMs = dueMs;
    return state;
  }

  /** As it is stored; null for nothing. */
  public byte[] packed() {
    if (writer != null) {
      packed = writer.pack(sections);
      writer = null;
    }
    return packed;
  }

  /** Whether {@link #packed} gives that very array, or null for null, without packing anything. */
  public boolean isStoredAs(byte[] stored) {
    return writer == null && packed == stored;
  }

  /** The next moment at which the passing of time matters to a rule, or {@link #NEVER}. */
  public long dueMs() {
    return dueMs;
  }

  public boolean isEmpty() {
    return writer == null ? packed == null : sections.isEmpty();
  }

  /** Whether something has begun that further events may complete. */
  public boolean isUnderWay() {
    return sections().stream().anyMatch(Section::isUnderWay);
  }

  /** What the decoded form takes, very roughly; nothing is packed or decoded for it. */
  public int heapBytes() {
    if (sections == null) {
      return packed == null ? 0 : packed.length;
    }
    int bytes = packed == null ? 0 : packed.length;
    for (int i = 0; i < sections.size(); i++) {
      bytes += sections.get(i).heapBytes();
    }
    return bytes;
  }

  /**
   * What of it {@link UnderWay} can read, for those who look on from elsewhere; null for nothing.
   * No section is looked into for it.
   *
   * @param packed may be null
   */
  public static byte[] underWay(byte[] packed) {
    return packed == null ? null : StateCodec.underWay(packed, MAX_TOLD_BYTES);
  }

  /** Whether something is remembered for that rule. */
  public boolean knows(CompiledRule rule) {
    return sections().stream().anyMatch(section -> section.key() == rule.key());
  }

  /** Takes over what another one remembers, in the place of what is here of the same rules. */
  public void adopt(RuleState other) {
    List<Section> theirs = StateCodec.unpack(other.packed());
    List<Section> all = new ArrayList<>(sections());
    all.removeIf(own -> theirs.stream().anyMatch(section -> section.key() == own.key()));
    all.addAll(theirs);
    all.sort(Comparator.comparingLong(Section::key));
    sections = all;
    slots = null;
    rules = null;
    changed(new StateCodec());
  }

  /** In order of their keys; whoever changes them says so by {@link #changed}. */
  List<Section> sections() {
    if (sections == null) {
      sections = StateCodec.unpack(packed);
    }
    return sections;
  }

  /**
   * The sections are not what they were.
   *
   * @param newWriter of the same thread, writes them when they are asked for
   */
  void changed(StateCodec newWriter) {
    sections.removeIf(Section::isEmpty);
    writer = newWriter;
    packed = null;
    dueMs = due(sections);
  }

  /** Time has come to where something was due that is no more. */
  void lookedThrough() {
    dueMs = due(sections);
  }

  private static long due(List<Section> sections) {
    long due = NEVER;
    for (int i = 0; i < sections.size(); i++) {
      due = Math.min(due, sections.get(i).dueMs);
    }
    return due;
  }
}
