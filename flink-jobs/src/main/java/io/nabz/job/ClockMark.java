package io.nabz.job;

/** Where the stream's clock stood at a checkpoint, and when that was. */
public class ClockMark {
  public long clockMs;
  public long wallMs;

  public ClockMark() {}

  public ClockMark(long clockMs, long wallMs) {
    this.clockMs = clockMs;
    this.wallMs = wallMs;
  }
}
