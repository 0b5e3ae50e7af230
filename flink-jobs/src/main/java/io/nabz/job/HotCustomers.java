package io.nabz.job;

import io.nabz.customer.state.CustomerState;
import io.nabz.model.CustomerKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The customers of whom something was heard lately, as objects: reading a state from RocksDB takes
 * longer than to apply an event. Every change is written through, but that of a customer in a burst
 * may wait a moment, and longer while the stream is behind, so that many events cost one write and
 * one snapshot. Those who wait stand in line by when their time has come.
 */
final class HotCustomers {
  /** One customer, from the first read on until it is the one longest unheard of. */
  static final class Entry {
    final String name;
    final CustomerKey key;
    final byte[] keyBytes;
    final CustomerState state;

    final HotRules rules;

    /** Wall time of the last write and snapshot; the next may follow an interval later. */
    private long toldAtMs = Long.MIN_VALUE;

    /** When what has changed must be told; only while the customer waits. */
    private long dueMs;

    private boolean waits;
    private int bytes;

    Entry(String name, CustomerState state) {
      this.name = name;
      this.key = CustomerKey.parse(name);
      this.keyBytes = name.getBytes(StandardCharsets.UTF_8);
      this.state = state;
      this.rules = new HotRules(state);
    }

    /** The record with all in it, to be written. */
    CustomerState whole() {
      rules.store();
      return state;
    }
  }

  /** A stream that is no further behind than this is not told to be. */
  private static final long BEHIND_MS = 1_000;

  /**
   * Nobody waits longer than this, however far the stream is behind: as long as a checkpoint does.
   */
  private static final long LONGEST_WAIT_MS = 30_000;

  /** The stream is behind for so long after an event that was late, whatever comes then. */
  private static final long STILL_BEHIND_MS = 500;

  /**
   * So many of those who waited for the stream are told in a millisecond, once it is up to date.
   */
  private static final int TOLD_IN_A_MS = 5;

  private final LinkedHashMap<String, Entry> entries = new LinkedHashMap<>(1_024, 0.75f, true);
  private final PriorityQueue<Entry> line =
      new PriorityQueue<>((a, b) -> Long.compare(a.dueMs, b.dueMs));
  private final long intervalMs;
  private final HotRoom room;
  private long bytes;

  /** {@link Long#MAX_VALUE} while the stream is up to date. */
  private long behindUntilMs = Long.MAX_VALUE;

  /**
   * @param intervalMs between two writes of one customer, at least; 0 to write each change
   * @param mostBytes of heap that the customers may take together, roughly
   */
  HotCustomers(long intervalMs, long mostBytes) {
    this.intervalMs = intervalMs;
    this.room = new HotRoom(mostBytes);
  }

  /** The customer, or null when it has to be read. */
  Entry get(String name) {
    return entries.get(name);
  }

  /** A customer of whom nothing was known. */
  void add(Entry entry) {
    entries.put(entry.name, entry);
    weigh(entry);
  }

  /** A customer who had to be read. */
  void addRead(Entry entry) {
    add(entry);
    room.read(entry.name, entry.bytes);
  }

  /** The customer has been written and makes room. */
  void letGo(Entry entry) {
    remove(entry);
    room.letGo(entry.name, entry.bytes);
  }

  /** The customer is no more. */
  void remove(Entry entry) {
    if (entry.waits) {
      line.remove(entry);
      entry.waits = false;
    }
    if (entries.remove(entry.name, entry)) {
      bytes -= entry.bytes;
    }
  }

  /**
   * Whether the change has to wait, since the customer was told of so lately or the stream is
   * behind; puts the customer in line. What is late already may come a little later still, by at
   * most half of its delay and not after the stream has caught up, if it does so the sooner.
   *
   * @param lagMs how long what is told of has been on its way
   */
  boolean mustWait(Entry entry, long wallMs, long lagMs) {
    if (lagMs > BEHIND_MS) {
      behindUntilMs = wallMs + STILL_BEHIND_MS;
    }
    if (entry.waits) {
      return true;
    }
    long waitMs = 0;
    // A wall clock that was set back must not silence anybody.
    if (entry.toldAtMs <= wallMs && entry.toldAtMs > wallMs - intervalMs) {
      waitMs = entry.toldAtMs + intervalMs - wallMs;
    }
    if (lagMs > BEHIND_MS && intervalMs > 0) {
      waitMs = Math.max(waitMs, Math.min(lagMs / 2, LONGEST_WAIT_MS));
    }
    if (waitMs == 0) {
      return false;
    }
    entry.dueMs = wallMs + waitMs;
    entry.waits = true;
    line.add(entry);
    return true;
  }

  /** The customer has been written and told of. */
  void told(Entry entry, long wallMs) {
    if (entry.waits) {
      line.remove(entry);
      entry.waits = false;
    }
    entry.toldAtMs = wallMs;
    weigh(entry);
  }

  /**
   * When to {@link #look} next: somebody must be told by then, or the stream may be up to date; or
   * {@link Long#MAX_VALUE} when nobody waits.
   */
  long nextLookMs() {
    return line.isEmpty() ? Long.MAX_VALUE : Math.min(line.peek().dueMs, behindUntilMs);
  }

  /**
   * Notices that the stream has caught up. Who waits on its account need not any longer; they are
   * told one after the other, so that the events which come now find their way between.
   */
  void look(long wallMs) {
    if (wallMs < behindUntilMs) {
      return;
    }
    behindUntilMs = Long.MAX_VALUE;
    List<Entry> waiting = new ArrayList<>(line);
    waiting.sort(line.comparator());
    line.clear();
    for (int i = 0; i < waiting.size(); i++) {
      Entry entry = waiting.get(i);
      long soonest = Math.max(wallMs + i / TOLD_IN_A_MS, entry.toldAtMs + intervalMs);
      entry.dueMs = Math.min(entry.dueMs, soonest);
    }
    line.addAll(waiting);
  }

  /** Whether what has changed is still to be written. */
  boolean waits(Entry entry) {
    return entry.waits;
  }

  /** The first in line, or null. */
  Entry firstWaiting() {
    return line.peek();
  }

  /** When the first in line must be told; {@link Long#MAX_VALUE} when nobody waits. */
  long nextDueMs() {
    return line.isEmpty() ? Long.MAX_VALUE : line.peek().dueMs;
  }

  /**
   * Whom to let go next, heard of longest ago, or null while all fit. One who waits has to be
   * written first.
   */
  Entry surplus() {
    return bytes > room.bytes() ? entries.values().iterator().next() : null;
  }

  int size() {
    return entries.size();
  }

  private void weigh(Entry entry) {
    bytes -= entry.bytes;
    entry.bytes = entry.state.heapBytes() + entry.rules.current().heapBytes();
    bytes += entry.bytes;
  }
}
