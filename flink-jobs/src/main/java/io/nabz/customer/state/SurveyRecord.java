package io.nabz.customer.state;

/** Answers to one metric, which is its id. */
public class SurveyRecord extends Matter {
  /** The newest score. */
  public double score;

  public long atMs;
  public String eventId;
  public int count;

  /** In thousandths, since a sum of doubles depends on the order of its terms. */
  public long sumMilli;
}
