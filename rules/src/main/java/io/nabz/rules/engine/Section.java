package io.nabz.rules.engine;

import java.util.ArrayList;
import java.util.List;

/** What one rule remembers of one customer. */
final class Section {
  static final long NEVER_TOLD = Long.MIN_VALUE;

  final long key;

  /** As it is stored; null once it is no longer what is in the fields. */
  byte[] bytes;

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
  List<Partial> partials = new ArrayList<>(2);

  List<Told> told = new ArrayList<>(0);
  List<Entry> entries = new ArrayList<>(0);

  /** In order of time. */
  List<Waiting> waiting = new ArrayList<>(0);

  Section(long key) {
    this.key = key;
  }

  /** A section as it was stored; it is looked into when it is needed. */
  static Section stored(long key, long dueMs, boolean underWay, byte[] bytes) {
    Section section = new Section(key);
    section.storedUnderWay = underWay;
    section.dueMs = dueMs;
    section.bytes = bytes;
    section.opened = false;
    return section;
  }

  /** What is stored of it no longer holds. */
  void touched() {
    bytes = null;
  }

  /** Whether something has begun that further events may complete. */
  boolean isUnderWay() {
    return opened ? !partials.isEmpty() || !entries.isEmpty() : storedUnderWay;
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
