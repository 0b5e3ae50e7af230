package io.nabz.kpi;

/** The moments of one case; {@link Share#NONE} for those that nobody told of. */
public class CaseRecord extends Subject {
  public long openedAtMs = Share.NONE;
  public long lastOpenedAtMs = Share.NONE;
  public long resolvedAtMs = Share.NONE;
  public Words words = new Words();

  @Override
  public int heapBytes() {
    return super.heapBytes() + 24 + words.heapBytes();
  }
}
