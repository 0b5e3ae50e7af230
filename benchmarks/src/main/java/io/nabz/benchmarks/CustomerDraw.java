package io.nabz.benchmarks;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Draws the next event's customer, evenly or by Zipf's law; if asked to, each of them once before.
 */
final class CustomerDraw {
  private final int customers;

  /** Chance of a customer up to each index; null when all are alike. */
  private final double[] cumulative;

  /** Up to here each has had its first turn. */
  private int met;

  CustomerDraw(int customers, boolean allFirst, double skew) {
    this.customers = customers;
    this.met = allFirst ? 0 : customers;
    this.cumulative = skew == 0 ? null : cumulative(customers, skew);
  }

  int next(RandomGenerator random) {
    if (met < customers) {
      return met++;
    }
    if (cumulative == null) {
      return random.nextInt(customers);
    }
    int at = Arrays.binarySearch(cumulative, random.nextDouble());
    return Math.min(at < 0 ? -at - 1 : at, customers - 1);
  }

  private static double[] cumulative(int customers, double skew) {
    double[] sums = new double[customers];
    double sum = 0;
    for (int i = 0; i < customers; i++) {
      sum += Math.pow(i + 1, -skew);
      sums[i] = sum;
    }
    for (int i = 0; i < customers; i++) {
      sums[i] /= sum;
    }
    return sums;
  }
}
