package io.nabz.kpi;

/** The sums of one pane. */
public class PaneState {
  /** By slot of {@link Measure}; an older state may have fewer. */
  public long[] sums = new long[Measure.SLOTS];

  public Histogram wait = new Histogram();
  public Histogram handle = new Histogram();
  public Moments waiting = new Moments();

  /** How many changes by events it holds. */
  public long version;

  /** Whether it holds something that was not told yet. */
  public boolean changed;

  /** When it is told next, processing time, or {@link Share#NONE}. */
  public long tellAtMs = Share.NONE;

  /** When it is closed, event time, or {@link Share#NONE}. */
  public long closeAtMs = Share.NONE;

  public void add(PaneDelta delta) {
    if (sums.length < Measure.SLOTS) {
      sums = java.util.Arrays.copyOf(sums, Measure.SLOTS);
    }
    for (int i = 0; i < delta.sums.length; i++) {
      sums[i] += delta.sums[i];
    }
    wait.addAll(delta.wait);
    handle.addAll(delta.handle);
    waiting.addAll(delta.waiting);
    version += delta.changes;
    changed = true;
  }

  public boolean isZero() {
    for (long sum : sums) {
      if (sum != 0) {
        return false;
      }
    }
    return waiting.isEmpty();
  }

  long get(Measure measure) {
    return measure.slot() < sums.length ? sums[measure.slot()] : 0;
  }
}
