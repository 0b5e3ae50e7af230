package io.nabz.rules.watch;

/** A queue's sums over a quarter of an hour, as they stood a little after its end. */
public class QueueQuarter {
  /** Epoch milliseconds. */
  public long startMs;

  public long endMs;

  /** Answered and abandoned. */
  public long offered;

  public long abandoned;

  /** How many contacts have a sentiment, and the sum of these, in ten-thousandths. */
  public long sentiments;

  public long sentimentSum;

  public QueueQuarter() {}
}
