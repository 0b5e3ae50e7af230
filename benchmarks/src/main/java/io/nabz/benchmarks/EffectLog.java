package io.nabz.benchmarks;

import static java.util.Objects.requireNonNull;

import java.util.BitSet;

/**
 * Which events' effects have been read from one topic, and when. Written by the one thread that
 * reads the topic; the counts may be asked from any other.
 */
public final class EffectLog {
  /** Is told of each event's first effect. */
  public interface Listener {
    /**
     * @param count how many events have been seen with this one
     */
    void seen(long sequence, long nanos, long count);
  }

  private final long events;
  private final Listener listener;
  private final BitSet seen;
  private long nowNanos;
  private volatile long count;
  private volatile long duplicates;
  private volatile long strangers;
  private volatile long records;
  private volatile long bytes;
  private volatile long lastNanos;

  /**
   * @param events how many there are; sequences are 0 to {@code events - 1}
   */
  public EffectLog(long events, Listener listener) {
    if (events < 1 || events > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("events must be 1 to 2^31 - 1 but is " + events);
    }
    this.events = events;
    this.listener = requireNonNull(listener, "listener is null");
    this.seen = new BitSet((int) events);
  }

  /** A record has been read that was readable at the time. */
  void arrived(long nanos, int size) {
    nowNanos = nanos;
    lastNanos = nanos;
    records = records + 1;
    bytes = bytes + size;
  }

  /**
   * The effect of the event is in the record that arrived last.
   *
   * @return whether this is the first time
   */
  public boolean effect(long sequence) {
    if (sequence < 0 || sequence >= events) {
      strangers = strangers + 1;
      return false;
    }
    int bit = (int) sequence;
    if (seen.get(bit)) {
      return false;
    }
    seen.set(bit);
    long nowSeen = count + 1;
    listener.seen(sequence, nowNanos, nowSeen);
    count = nowSeen;
    return true;
  }

  /** The record that arrived last says what another one has said already. */
  public void duplicate() {
    duplicates = duplicates + 1;
  }

  public boolean isComplete() {
    return count == events;
  }

  public long count() {
    return count;
  }

  public long missing() {
    return events - count;
  }

  public long duplicates() {
    return duplicates;
  }

  /** Effects of events that were never sent. */
  public long strangers() {
    return strangers;
  }

  public long records() {
    return records;
  }

  public long bytes() {
    return bytes;
  }

  public long lastNanos() {
    return lastNanos;
  }
}
