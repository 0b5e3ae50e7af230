package io.nabz.api.store;

/** Two shares and the difference between them, each with its 95 % interval. */
record Proportions(double difference, double low, double high) {
  static final double CONFIDENCE = 0.95;

  /** The quantile of the normal distribution at 0.975. */
  private static final double Z = 1.959963984540054;

  /**
   * Newcombe's hybrid of two Wilson intervals (Statistics in Medicine 17, 1998, method 10). Unlike
   * the interval from the textbook it stays inside -1 to 1 and holds with few and with none.
   *
   * @param hits of the first group, 0 to {@code of}
   * @param of how many the first group has, 1 or more
   * @param otherHits and {@code otherOf}: the same of the second group
   */
  static Proportions difference(long hits, long of, long otherHits, long otherOf) {
    double share = (double) hits / of;
    double other = (double) otherHits / otherOf;
    double difference = share - other;
    double down = Math.hypot(share - wilson(hits, of, -1), wilson(otherHits, otherOf, 1) - other);
    double up = Math.hypot(wilson(hits, of, 1) - share, other - wilson(otherHits, otherOf, -1));
    return new Proportions(difference, difference - down, difference + up);
  }

  /**
   * One end of Wilson's score interval (Journal of the ASA 22, 1927): -1 the lower, 1 the upper.
   */
  private static double wilson(long hits, long of, int end) {
    double share = (double) hits / of;
    double square = Z * Z / of;
    double half = Z * Math.sqrt(share * (1 - share) / of + square / (4 * of));
    return (share + square / 2 + end * half) / (1 + square);
  }
}
