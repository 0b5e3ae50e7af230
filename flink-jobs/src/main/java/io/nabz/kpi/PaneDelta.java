package io.nabz.kpi;

/**
 * What has to be added to one pane. Deltas commute: whatever their order, the sums are the same.
 */
public class PaneDelta {
  /** {@code io.nabz.model.KpiKey} as text. */
  public String pane;

  /** By slot of {@link Measure}. */
  public long[] sums = new long[Measure.SLOTS];

  public Histogram wait = new Histogram();
  public Histogram handle = new Histogram();
  public Moments waiting = new Moments();

  /** How many changes by events are in it. */
  public long changes;

  public PaneDelta() {}

  PaneDelta(String pane) {
    this.pane = pane;
  }

  void add(Share share) {
    for (int i = 0; i < share.slots.length; i++) {
      sums[share.slots[i]] += share.sign * share.values[i];
    }
    if (share.waitMs != Share.NONE) {
      wait.add(share.waitMs, share.sign);
    }
    if (share.handleMs != Share.NONE) {
      handle.add(share.handleMs, share.sign);
    }
    if (share.waitingSinceMs != Share.NONE) {
      waiting.add(share.waitingSinceMs, share.sign);
    }
    changes += share.byEvent ? 1 : 0;
  }

  void add(PaneDelta other) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += other.sums[i];
    }
    wait.addAll(other.wait);
    handle.addAll(other.handle);
    waiting.addAll(other.waiting);
    changes += other.changes;
  }
}
