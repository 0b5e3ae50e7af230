package io.nabz.kpi;

import java.util.Arrays;

/** The sums of one pane. */
public class PaneState {
  /** By slot of {@link Measure}; an older state may have fewer. */
  public long[] sums = new long[Measure.SLOTS];

  public Histogram wait = new Histogram();
  public Histogram handle = new Histogram();
  public Histogram caseTime = new Histogram();
  public Moments waiting = new Moments();

  /** How many changes by events it holds. */
  public long version;

  /** When it is closed, event time, or {@link Share#NONE}. */
  public long closeAtMs = Share.NONE;

  /** When it is looked at again because somebody waits, event time, or {@link Share#NONE}. */
  public long lookAtMs = Share.NONE;

  /** When a queue's quarter of an hour is summed up, event time, or {@link Share#NONE}. */
  public long sumUpAtMs = Share.NONE;

  public void add(PaneDelta delta) {
    if (sums.length < Measure.SLOTS) {
      sums = Arrays.copyOf(sums, Measure.SLOTS);
    }
    for (int i = 0; i < delta.slots.length; i++) {
      sums[delta.slots[i]] += delta.values[i];
    }
    wait.addAll(delta.wait);
    handle.addAll(delta.handle);
    caseTime.addAll(delta.caseTime);
    waiting.addAll(delta.waiting);
    version += delta.changes;
  }

  /** Adds all that another pane holds. */
  public void add(PaneState other) {
    for (int slot = 0; slot < other.sums.length; slot++) {
      sums[slot] += other.sums[slot];
    }
    wait.addAll(other.wait);
    handle.addAll(other.handle);
    caseTime.addAll(other.caseTime);
    waiting.addAll(other.waiting);
    version += other.version;
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
