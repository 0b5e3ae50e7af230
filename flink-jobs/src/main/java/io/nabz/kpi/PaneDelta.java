package io.nabz.kpi;

/**
 * What has to be added to one pane. Deltas commute: whatever their order, the sums are the same.
 */
public class PaneDelta {
  /** {@code io.nabz.model.KpiKey} as text. */
  public String pane;

  /** Slots of {@link Measure} and what is added to each, side by side. */
  public byte[] slots = new byte[0];

  public long[] values = new long[0];

  /** Null for nothing. */
  public Histogram wait;

  public Histogram handle;
  public Histogram caseTime;
  public Moments waiting;

  /** How many changes by events are in it. */
  public long changes;

  public PaneDelta() {}
}
