package io.nabz.job;

/**
 * Every operator's uid. State is found by them when a savepoint is restored, so one that has been
 * released never changes.
 */
final class Uids {
  static final String EVENTS_SOURCE = "events-source";
  static final String SORT = "sort-intake";
  static final String CUSTOMER = "customer";
  static final String SNAPSHOTS_SINK = "snapshots-sink";
  static final String ALERTS_SINK = "alerts-sink";
  static final String TIMELINE_SINK = "timeline-sink";
  static final String DEAD_LETTERS_SINK = "dead-letters-sink";

  private Uids() {}
}
