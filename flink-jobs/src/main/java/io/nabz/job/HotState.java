package io.nabz.job;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.taskmanager.TaskManagerRuntimeInfo;
import org.apache.flink.streaming.api.operators.KeyContext;

/**
 * What an operator holds on the heap of the keys heard of lately: to read a small state from
 * RocksDB and to write it back takes longer than what is done with it. Changes are written once
 * they are some seconds old, when their key makes room, and all of them ahead of a checkpoint's
 * barrier, so that timers and state agree in it.
 *
 * <p>Only for a backend that keeps bytes: one that keeps objects would hold those that change here.
 */
final class HotState {
  /** What is held of one state of one key. */
  interface Copy {
    /** Puts what has changed into the state, of the current key. */
    void write() throws Exception;

    /** What it takes, roughly. */
    int heapBytes();
  }

  private static final class Entry {
    final String key;
    final Copy[] copies;

    /** Once more since it came or was passed over. */
    boolean wasHeardOf;

    boolean waits;
    long changedAtMs;
    int bytes;

    Entry(String key, int states) {
      this.key = key;
      this.copies = new Copy[states];
    }
  }

  /** An entry with its key and its places in the tables. */
  private static final int ENTRY_BYTES = 300;

  private final KeyContext keys;
  private final LongSupplier wallMs;
  private final long mostBytes;

  /**
   * Whoever stands in front goes, or to the end if heard of since then. To move each that is heard
   * of costs the garbage collector more: it follows up references written into old objects.
   */
  private final Map<String, Entry> entries = new LinkedHashMap<>(1_024);

  /** Those with something to write, changed first at the front; and some that have gone since. */
  private final Deque<Entry> waiting = new ArrayDeque<>();

  private int states;
  private long bytes;

  /** That of the key asked for last. */
  private Entry newest;

  /**
   * @param keys of the operator: strings
   * @param mostBytes of heap that the keys may take together, roughly; 0 to hold nothing
   */
  HotState(KeyContext keys, LongSupplier wallMs, long mostBytes) {
    this.keys = requireNonNull(keys, "keys is null");
    this.wallMs = requireNonNull(wallMs, "wallMs is null");
    this.mostBytes = mostBytes;
  }

  /** One part in so many of the heap, all slots together. */
  static long partOfHeap(int parts, TaskManagerRuntimeInfo info) {
    int slots = info.getConfiguration().get(TaskManagerOptions.NUM_TASK_SLOTS);
    return Runtime.getRuntime().maxMemory() / ((long) parts * slots);
  }

  /** One more state, before anything is held; returns its number. */
  int addState() {
    return states++;
  }

  /** What is held of that state of the current key, or null. */
  Copy held(int state) {
    return current().copies[state];
  }

  void hold(int state, Copy copy) {
    current().copies[state] = copy;
  }

  /** Something of the current key is to be written. */
  void changed() {
    Entry entry = current();
    if (!entry.waits) {
      entry.waits = true;
      entry.changedAtMs = wallMs.getAsLong();
      waiting.add(entry);
    }
  }

  /** After each turn of a key: lets others go until it fits. Another key is current afterwards. */
  void makeRoom() throws Exception {
    if (newest == null) {
      return;
    }
    weigh(newest);
    while (bytes > mostBytes) {
      Iterator<Entry> all = entries.values().iterator();
      Entry front = all.next();
      all.remove();
      if (front.wasHeardOf) {
        front.wasHeardOf = false;
        entries.put(front.key, front);
      } else {
        letGo(front);
      }
    }
  }

  private void letGo(Entry entry) throws Exception {
    write(entry);
    bytes -= entry.bytes;
    newest = entry == newest ? null : newest;
  }

  /** Writes what has changed up to then, by the wall clock. Another key is current afterwards. */
  void writeChangedUntil(long untilMs) throws Exception {
    while (!waiting.isEmpty() && waiting.peek().changedAtMs <= untilMs) {
      write(waiting.poll());
    }
  }

  /** Writes all that has changed. Another key is current afterwards. */
  void writeAll() throws Exception {
    writeChangedUntil(Long.MAX_VALUE);
  }

  private Entry current() {
    String key = (String) keys.getCurrentKey();
    if (newest == null || !newest.key.equals(key)) {
      newest = entries.get(key);
      if (newest == null) {
        newest = new Entry(key, states);
        entries.put(key, newest);
      } else {
        newest.wasHeardOf = true;
      }
    }
    return newest;
  }

  private void write(Entry entry) throws Exception {
    if (!entry.waits) {
      return;
    }
    entry.waits = false;
    keys.setCurrentKey(entry.key);
    for (Copy copy : entry.copies) {
      if (copy != null) {
        copy.write();
      }
    }
    weigh(entry);
  }

  private void weigh(Entry entry) {
    bytes -= entry.bytes;
    entry.bytes = ENTRY_BYTES;
    for (Copy copy : entry.copies) {
      if (copy != null) {
        entry.bytes += copy.heapBytes();
      }
    }
    bytes += entry.bytes;
  }
}
