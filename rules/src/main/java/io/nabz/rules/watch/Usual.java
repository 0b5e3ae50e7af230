package io.nabz.rules.watch;

import io.nabz.rules.language.Watch;
import java.util.Arrays;
import java.util.List;

/**
 * What is usual for a figure of a queue: a control chart whose limits widen with the spread between
 * the quarters as well as with how few contacts a quarter rests on, after D. B. Laney, Improved
 * Control Charts for Attributes, Quality Engineering 14(4), 2002. Each quarter's distance from the
 * mean is put in units of 1/sqrt(n); the spread is the median moving range of these over 0.954 (D.
 * J. Wheeler, Advanced Topics in Statistical Process Control, 1995), which a few bad quarters do
 * not move, but never less than chance alone makes it.
 *
 * @param mean of the figure over all contacts
 * @param spread of a quarter that rests on one contact
 * @param quarters how many there were to compare with
 */
record Usual(double mean, double spread, int quarters) {
  private static final double SCORE_SCALE = 10_000;

  /** Of a sample of two, the median range in units of the standard deviation. */
  private static final double MEDIAN_RANGE = 0.954;

  /** A quarter that rests on fewer contacts says too little to compare with. */
  private static final long MIN_CONTACTS = 5;

  /** How far the feelings of two contacts are apart at least, in all likelihood. */
  private static final double FEELINGS_SPREAD = 0.3;

  /**
   * @param past rising by start
   */
  static Usual of(List<QueueQuarter> past, Watch.Figure figure) {
    List<QueueQuarter> usable =
        past.stream().filter(quarter -> count(quarter, figure) >= MIN_CONTACTS).toList();
    long count = 0;
    double sum = 0;
    for (QueueQuarter quarter : usable) {
      count += count(quarter, figure);
      sum += sum(quarter, figure);
    }
    double mean = count == 0 ? 0 : sum / count;
    double spread = Math.max(movingRange(usable, figure, mean), byChance(figure, sum, count));
    return new Usual(mean, spread, usable.size());
  }

  /** The value from which on so many times the spread is exceeded, of that many contacts. */
  double limit(Watch.Figure figure, double deviates, long contacts) {
    double distance = deviates * spread / Math.sqrt(contacts);
    return figure.isBadWhenHigh() ? mean + distance : mean - distance;
  }

  private static double movingRange(List<QueueQuarter> past, Watch.Figure figure, double mean) {
    if (past.size() < 2) {
      return 0;
    }
    double[] ranges = new double[past.size() - 1];
    for (int i = 1; i < past.size(); i++) {
      ranges[i - 1] =
          Math.abs(distance(past.get(i), figure, mean) - distance(past.get(i - 1), figure, mean));
    }
    Arrays.sort(ranges);
    int middle = ranges.length / 2;
    double median =
        ranges.length % 2 == 1 ? ranges[middle] : (ranges[middle - 1] + ranges[middle]) / 2;
    return median / MEDIAN_RANGE;
  }

  private static double distance(QueueQuarter quarter, Watch.Figure figure, double mean) {
    return (value(quarter, figure) - mean) * Math.sqrt(count(quarter, figure));
  }

  /** Of a share the binomial spread, with one of each outcome added so that it is never nothing. */
  private static double byChance(Watch.Figure figure, double sum, long count) {
    if (figure == Watch.Figure.SENTIMENT) {
      return FEELINGS_SPREAD;
    }
    double share = (sum + 1) / (count + 2);
    return Math.sqrt(share * (1 - share));
  }

  /** How many contacts the figure rests on. */
  static long count(QueueQuarter quarter, Watch.Figure figure) {
    return figure == Watch.Figure.SENTIMENT ? quarter.sentiments : quarter.offered;
  }

  static double value(QueueQuarter quarter, Watch.Figure figure) {
    return sum(quarter, figure) / count(quarter, figure);
  }

  private static double sum(QueueQuarter quarter, Watch.Figure figure) {
    return figure == Watch.Figure.SENTIMENT
        ? quarter.sentimentSum / SCORE_SCALE
        : quarter.abandoned;
  }
}
