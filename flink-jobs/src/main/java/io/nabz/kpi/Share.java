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

  public String tenant;

  /** Whose interval it counts in, epoch milliseconds, or {@link #NOW}. */
  public long atMs;

  public String queue;
  public String channel;
  public String agentId;

  /** Slots of {@link Measure} and what is added to each, side by side. */
  public int[] slots = new int[0];

  public long[] values = new long[0];

  /** One length for the spread of waits, or {@link #NONE}. */
  public long waitMs = NONE;

  /** One length for the spread of handling times, or {@link #NONE}. */
  public long handleMs = NONE;

  /** Since when somebody waits, or {@link #NONE}. */
  public long waitingSinceMs = NONE;

  public int sign = 1;

  /** Whether an event brought the change about, and not time alone. */
  public boolean byEvent;

  public Share() {}

  Share(long atMs, String queue, String channel, String agentId) {
    this.atMs = atMs;
    this.queue = queue;
    this.channel = channel;
    this.agentId = agentId;
  }

  Share add(Measure measure, long value) {
    if (value != 0) {
      slots = Arrays.copyOf(slots, slots.length + 1);
      values = Arrays.copyOf(values, slots.length);
      slots[slots.length - 1] = measure.slot();
      values[slots.length - 1] = value;
    }
    return this;
  }

  Share addAll(Tally tally) {
    int from = slots.length;
    slots = Arrays.copyOf(slots, from + tally.slots.length);
    values = Arrays.copyOf(values, slots.length);
    System.arraycopy(tally.slots, 0, slots, from, tally.slots.length);
    System.arraycopy(tally.values, 0, values, from, tally.values.length);
    return this;
  }

  boolean isEmpty() {
    return slots.length == 0;
  }

  /** Whether it adds just the same, whatever its sign. */
  boolean isSameAs(Share other) {
    return atMs == other.atMs
        && waitMs == other.waitMs
        && handleMs == other.handleMs
        && waitingSinceMs == other.waitingSinceMs
        && Arrays.equals(slots, other.slots)
        && Arrays.equals(values, other.values)
        && Objects.equals(queue, other.queue)
        && Objects.equals(channel, other.channel)
        && Objects.equals(agentId, other.agentId);
  }
}
