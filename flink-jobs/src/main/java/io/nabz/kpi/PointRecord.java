package io.nabz.kpi;

/** A thing of its own: an alert. */
public class PointRecord extends Subject {
  public Words words = new Words();
  public Tally points = new Tally();
  public boolean counted;

  /** An alert that turned out not to hold. */
  public boolean retracted;

  @Override
  public int heapBytes() {
    return super.heapBytes() + words.heapBytes() + points.heapBytes();
  }
}
