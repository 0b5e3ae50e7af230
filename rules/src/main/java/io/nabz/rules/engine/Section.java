package io.nabz.rules.engine;

import java.util.ArrayList;
import java.util.List;

/** What one rule remembers of one customer. */
final class Section {
  static final long NEVER_TOLD = Long.MIN_VALUE;

  final long key;

  /** As stored; null once it has been looked into. */
  byte[] raw;

  /** The next moment at which time matters here; readable without looking in. */
  long dueMs = RuleState.NEVER;

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

  boolean isEmpty() {
    return raw == null
        && partials.isEmpty()
        && told.isEmpty()
        && entries.isEmpty()
        && waiting.isEmpty()
        && lastToldMs == NEVER_TOLD;
  }
}
