package io.nabz.kpi;

/** A thing of its own: an alert. */
public class PointRecord extends Subject {
  public Word channel = new Word();
  public Word queue = new Word();
  public Word agentId = new Word();
  public Tally points = new Tally();
  public boolean counted;

  /** An alert that turned out not to hold. */
  public boolean retracted;
}
