package io.nabz.customer.state;

import java.util.List;

/** The newest sign of how the customer feels. */
public class SentimentRecord {
  /** Zero and {@link #eventId} null before the first sign. */
  public double score;

  public long atMs = Long.MIN_VALUE;
  public String eventId;
  public String text;

  /** What in the text carried the score, as {@code from, to, weight} in turn; null for none. */
  public double[] spans;

  /** By code; null for none. */
  public List<String> emotions;
}
