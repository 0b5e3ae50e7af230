package io.nabz.kpi;

import java.util.Arrays;

/**
 * How lengths of time are spread: counts in fixed buckets of 100 ms up to five seconds and of two
 * percent beyond, so a quantile is within one percent. Unlike a sketch it can take out what was put
 * in, and is the same whatever the order.
 */
public class Histogram {
  private static final long[] BOUNDS = bounds();

  /** The buckets that are not empty, rising. */
  public int[] buckets = new int[0];

  /** How many are in each; may be below zero in a difference. */
  public long[] counts = new long[0];

  public void add(long lengthMs, long times) {
    addBucket(bucketOf(lengthMs), times);
  }

  /** Null adds nothing. */
  public void addAll(Histogram other) {
    if (other == null) {
      return;
    }
    for (int i = 0; i < other.buckets.length; i++) {
      addBucket(other.buckets[i], other.counts[i]);
    }
  }

  public boolean isEmpty() {
    return buckets.length == 0;
  }

  /** The length in milliseconds that the share {@code q} does not exceed, or NaN of nothing. */
  public double quantileMs(double q) {
    long all = 0;
    for (long count : counts) {
      all += count;
    }
    if (all <= 0) {
      return Double.NaN;
    }
    long rank = Math.max(1, (long) Math.ceil(q * all));
    long seen = 0;
    int at = 0;
    while (at < buckets.length - 1 && seen + counts[at] < rank) {
      seen += counts[at++];
    }
    int bucket = buckets[at];
    // The middle of the bucket; the first holds what was answered at once.
    return bucket == 0 ? 0 : (BOUNDS[bucket] + BOUNDS[bucket - 1]) / 2.0;
  }

  private void addBucket(int bucket, long times) {
    int at = Arrays.binarySearch(buckets, bucket);
    if (at >= 0) {
      counts[at] += times;
      if (counts[at] == 0) {
        resize(at, at + 1, buckets.length - 1);
      }
    } else if (times != 0) {
      at = -at - 1;
      resize(at, at, buckets.length + 1);
      buckets[at] = bucket;
      counts[at] = times;
    }
  }

  /** Opens or closes a gap: what lay from {@code tail} on comes to lie at the new end. */
  private void resize(int head, int tail, int length) {
    int rest = buckets.length - tail;
    int[] newBuckets = Arrays.copyOf(Arrays.copyOf(buckets, head), length);
    long[] newCounts = Arrays.copyOf(Arrays.copyOf(counts, head), length);
    System.arraycopy(buckets, tail, newBuckets, length - rest, rest);
    System.arraycopy(counts, tail, newCounts, length - rest, rest);
    buckets = newBuckets;
    counts = newCounts;
  }

  /** The bucket whose upper bound is the first that is not below the length. */
  private static int bucketOf(long lengthMs) {
    int at = Arrays.binarySearch(BOUNDS, Math.max(0, lengthMs));
    return Math.min(at >= 0 ? at : -at - 1, BOUNDS.length - 1);
  }

  /** Whole numbers, so that no machine rounds them otherwise. */
  private static long[] bounds() {
    long[] bounds = new long[1_000];
    for (int i = 1; i < bounds.length; i++) {
      bounds[i] = bounds[i - 1] + Math.max(100, bounds[i - 1] / 50);
    }
    return bounds;
  }
}
