package io.nabz.rules.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What one rule remembers of one customer. */
final class Section {
  static final long NEVER_TOLD = Long.MIN_VALUE;

  private static final int HEAP_BYTES = 200;

  /** With what there is of a match for it. */
  private static final int HEAP_BYTES_OF_EVENT = 150;

  private long key;

  /** Where it is stored; null once that is no longer what is in the fields. */
  byte[] bytes;

  /** What the numbers of its events there stand for. */
  Occurrence[] table;

  /** Where it begins, with its key. */
  int begin;

  /** Where the numbers of its events are. */
  int eventsFrom;

  int eventCount;

  /** Where all else is. */
  int from;

  int length;

  /** Whether the fields hold what the bytes say. */
  boolean opened = true;

  /** The next moment at which time matters here; readable without looking in. */
  long dueMs = RuleState.NEVER;

  /** What the stored form says of {@link #isUnderWay}; readable without looking in. */
  private boolean storedUnderWay;

  int nextSeq;

  /** Time of the newest event that the rule has seen. */
  long newestMs = Long.MIN_VALUE;

  long lastToldMs = NEVER_TOLD;

  /** In order of their first events. */
  List<Partial> partials;

  /** Most sections hold nothing of it: to be added to by {@link #tell} and the like. */
  List<Told> told = Collections.emptyList();

  List<Entry> entries = Collections.emptyList();

  /** In order of time. */
  List<Waiting> waiting = Collections.emptyList();

  Section(long key) {
    this.key = key;
    partials = new ArrayList<>(2);
  }

  /** Of those that are stored most are copied as they are, and need no lists. */
  private Section(long key, boolean underWay) {
    this.key = key;
    this.storedUnderWay = underWay;
    this.opened = false;
  }

  /** From now on the fields hold what is stored; it is the caller's to fill them. */
  void open() {
    opened = true;
    partials = new ArrayList<>(2);
  }

  void tell(Told one) {
    if (told.isEmpty()) {
      told = new ArrayList<>(2);
    }
    told.add(one);
  }

  /** To be added to. */
  List<Entry> ownEntries() {
    if (entries.isEmpty()) {
      entries = new ArrayList<>(4);
    }
    return entries;
  }

  /** To be added to. */
  List<Waiting> ownWaiting() {
    if (waiting.isEmpty()) {
      waiting = new ArrayList<>(4);
    }
    return waiting;
  }

  /** A section as it was stored; it is looked into when it is needed. */
  static Section stored(long key, boolean underWay) {
    return new Section(key, underWay);
  }

  /** One of which nothing is told but that something is under way. */
  static Section named(long key) {
    return new Section(key, true);
  }

  boolean isNameOnly() {
    return !opened && bytes == null;
  }

  long key() {
    return key;
  }

  /** An empty one that was nobody's, for a rule that begins. */
  Section forRule(long newKey) {
    key = newKey;
    return this;
  }

  /** What is stored of it no longer holds. */
  void touched() {
    bytes = null;
    table = null;
  }

  /** Whether something has begun that further events may complete. */
  boolean isUnderWay() {
    return opened ? !partials.isEmpty() || !entries.isEmpty() : storedUnderWay;
  }

  /** What it takes in memory, very roughly. */
  int heapBytes() {
    if (!opened) {
      return HEAP_BYTES + length;
    }
    int bytes = HEAP_BYTES + HEAP_BYTES_OF_EVENT * (told.size() + entries.size());
    if (!partials.isEmpty()) {
      bytes += HEAP_BYTES_OF_EVENT * (partials.size() + partials.get(0).last().size());
    }
    for (Waiting one : waiting) {
      bytes += HEAP_BYTES_OF_EVENT + one.event().length;
    }
    return bytes;
  }

  boolean isEmpty() {
    return opened
        && partials.isEmpty()
        && told.isEmpty()
        && entries.isEmpty()
        && waiting.isEmpty()
        && lastToldMs == NEVER_TOLD;
  }
}
