package io.nabz.customer.state;

/** The newest sign of how the customer feels. */
public class SentimentRecord {
  /** Zero and {@link #eventId} null before the first sign. */
  public double score;

  public long atMs = Long.MIN_VALUE;
  public String eventId;
  public String text;
}
