package io.nabz.kpi;

import java.util.Arrays;

/** What shares add up to before it goes to a pane. */
final class PaneSums {
  private final long[] sums = new long[Measure.SLOTS];
  private Histogram wait;
  private Histogram handle;
  private Histogram caseTime;
  private Moments waiting;
  private long changes;

  void add(Share share) {
    for (int i = 0; i < share.size; i++) {
      sums[share.slots[i]] += share.sign * share.values[i];
    }
    if (share.waitMs != Share.NONE) {
      wait = wait == null ? new Histogram() : wait;
      wait.add(share.waitMs, share.sign);
    }
    if (share.handleMs != Share.NONE) {
      handle = handle == null ? new Histogram() : handle;
      handle.add(share.handleMs, share.sign);
    }
    if (share.caseMs != Share.NONE) {
      caseTime = caseTime == null ? new Histogram() : caseTime;
      caseTime.add(share.caseMs, share.sign);
    }
    if (share.waitingSinceMs != Share.NONE) {
      waiting = waiting == null ? new Moments() : waiting;
      waiting.add(share.waitingSinceMs, share.sign);
    }
    changes += share.byEvent ? 1 : 0;
  }

  void add(PaneSums other) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += other.sums[i];
    }
    if (other.wait != null) {
      wait = wait == null ? new Histogram() : wait;
      wait.addAll(other.wait);
    }
    if (other.handle != null) {
      handle = handle == null ? new Histogram() : handle;
      handle.addAll(other.handle);
    }
    if (other.caseTime != null) {
      caseTime = caseTime == null ? new Histogram() : caseTime;
      caseTime.addAll(other.caseTime);
    }
    if (other.waiting != null) {
      waiting = waiting == null ? new Moments() : waiting;
      waiting.addAll(other.waiting);
    }
    changes += other.changes;
  }

  static PaneSums of(PaneSums one, PaneSums other) {
    PaneSums both = new PaneSums();
    both.add(one);
    both.add(other);
    return both;
  }

  PaneDelta delta(String pane) {
    PaneDelta delta = new PaneDelta();
    delta.pane = pane;
    byte[] slots = new byte[sums.length];
    long[] values = new long[sums.length];
    int size = 0;
    for (int slot = 0; slot < sums.length; slot++) {
      if (sums[slot] != 0) {
        slots[size] = (byte) slot;
        values[size++] = sums[slot];
      }
    }
    delta.slots = Arrays.copyOf(slots, size);
    delta.values = Arrays.copyOf(values, size);
    delta.wait = wait == null || wait.isEmpty() ? null : wait;
    delta.handle = handle == null || handle.isEmpty() ? null : handle;
    delta.caseTime = caseTime == null || caseTime.isEmpty() ? null : caseTime;
    delta.waiting = waiting == null || waiting.isEmpty() ? null : waiting;
    delta.changes = changes;
    return delta;
  }
}
