package io.nabz.kpi;

import java.util.Arrays;
import java.util.Objects;

/**
 * What one subject adds to the panes of one moment: to that of its queue, channel and agent, and to
 * the total. It is taken out again by being counted with {@code sign} -1.
 */
public class Share {
  /** The moment of what holds now and belongs to no interval. */
  public static final long NOW = Long.MIN_VALUE;

  /** Of what is not there. */
  public static final long NONE = Long.MIN_VALUE;

  /** Most shares have no more sums. */
  private static final int FEW = 10;

  public String tenant;

  /** Whose interval it counts in, epoch milliseconds, or {@link #NOW}. */
  public long atMs;

  public String queue;
  public String channel;
  public String agentId;
  public String topic;

  /** Whether it is what customers say, in panes of its own, and not of the floor. */
  public boolean isVoice;

  /** Of the voice only. */
  public String touchpoint;

  public String stage;
  public String clue;

  /** Slots of {@link Measure} and what is added to each, side by side; the first {@link #size}. */
  public byte[] slots = new byte[FEW];

  public long[] values = new long[FEW];

  public int size;

  /** One length for the spread of waits, or {@link #NONE}. */
  public long waitMs = NONE;

  /** One length for the spread of handling times, or {@link #NONE}. */
  public long handleMs = NONE;

  /** One length for the spread of the time that cases take, or {@link #NONE}. */
  public long caseMs = NONE;

  /** Since when somebody waits, or {@link #NONE}. */
  public long waitingSinceMs = NONE;

  public int sign = 1;

  /** Whether an event brought the change about, and not time alone. */
  public boolean byEvent;

  public Share() {}

  Share(long atMs, String queue, String channel, String agentId, String topic) {
    this.atMs = atMs;
    this.queue = queue;
    this.channel = channel;
    this.agentId = agentId;
    this.topic = topic;
  }

  Share add(Measure measure, long value) {
    if (value != 0) {
      put(measure.slot(), value);
    }
    return this;
  }

  Share addAll(Tally tally) {
    for (int i = 0; i < tally.slots.length; i++) {
      put(tally.slots[i], tally.values[i]);
    }
    return this;
  }

  private void put(int slot, long value) {
    if (size == slots.length) {
      slots = Arrays.copyOf(slots, 2 * size);
      values = Arrays.copyOf(values, 2 * size);
    }
    slots[size] = (byte) slot;
    values[size++] = value;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** Whether it adds just the same, whatever its sign. */
  boolean isSameAs(Share other) {
    return atMs == other.atMs
        && waitMs == other.waitMs
        && handleMs == other.handleMs
        && caseMs == other.caseMs
        && waitingSinceMs == other.waitingSinceMs
        && Arrays.equals(slots, 0, size, other.slots, 0, other.size)
        && Arrays.equals(values, 0, size, other.values, 0, other.size)
        && Objects.equals(queue, other.queue)
        && Objects.equals(channel, other.channel)
        && Objects.equals(agentId, other.agentId)
        && Objects.equals(topic, other.topic);
  }
}
