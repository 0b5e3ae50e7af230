package io.nabz.customer.state;

import java.util.Arrays;

/**
 * Moments of the last 30 days, counted exactly over any window up to that length. The newest
 * {@value #EXACT} moments are kept one by one; what is older than those is kept as counts per six
 * hours, so a count that reaches back past 512 moments may be off by those of one such bucket.
 * State stays within 6 KiB however many moments come.
 */
public class TimeCounter {
  public static final int EXACT = 512;
  public static final long HORIZON_MS = 30L * 24 * 3_600_000;
  private static final long BUCKET_MS = 6L * 3_600_000;

  /** Ascending. */
  public long[] times = new long[0];

  /** Bucket numbers (time / six hours), ascending, each older than all of {@link #times}. */
  public long[] buckets = new long[0];

  public int[] bucketCounts = new int[0];

  /** Adds a moment at its place in time. */
  public void add(long at) {
    int place = upperBound(at);
    long[] grown = new long[times.length + 1];
    System.arraycopy(times, 0, grown, 0, place);
    grown[place] = at;
    System.arraycopy(times, place, grown, place + 1, times.length - place);
    times = grown;
    if (times.length > EXACT) {
      addToBucket(times[0] / BUCKET_MS);
      times = Arrays.copyOfRange(times, 1, times.length);
    }
  }

  /** Takes one moment out again; false when it is not among those kept one by one. */
  public boolean remove(long at) {
    int place = Arrays.binarySearch(times, at);
    if (place < 0) {
      return false;
    }
    long[] shrunk = new long[times.length - 1];
    System.arraycopy(times, 0, shrunk, 0, place);
    System.arraycopy(times, place + 1, shrunk, place, shrunk.length - place);
    times = shrunk;
    return true;
  }

  public boolean isEmpty() {
    return times.length == 0 && buckets.length == 0;
  }

  /** Drops what no window ending at or after {@code nowMs} can reach. */
  public void prune(long nowMs) {
    int from = lowerBound(nowMs - HORIZON_MS);
    if (from > 0) {
      times = Arrays.copyOfRange(times, from, times.length);
    }
    int bucket = 0;
    while (bucket < buckets.length && (buckets[bucket] + 1) * BUCKET_MS <= nowMs - HORIZON_MS) {
      bucket++;
    }
    if (bucket > 0) {
      buckets = Arrays.copyOfRange(buckets, bucket, buckets.length);
      bucketCounts = Arrays.copyOfRange(bucketCounts, bucket, bucketCounts.length);
    }
  }

  /** Moments within the window that ends at {@code nowMs}, both edges included. */
  public int count(long nowMs, long windowMs) {
    long from = nowMs - windowMs;
    int count = upperBound(nowMs) - lowerBound(from);
    for (int i = 0; i < buckets.length; i++) {
      if (buckets[i] * BUCKET_MS >= from) {
        count += bucketCounts[i];
      }
    }
    return count;
  }

  /**
   * The first millisecond after {@code nowMs} at which the count of that window falls, or {@link
   * CustomerState#NEVER}.
   */
  public long nextFall(long nowMs, long windowMs) {
    long next = CustomerState.NEVER;
    int oldest = lowerBound(nowMs - windowMs);
    if (oldest < times.length) {
      next = times[oldest] + windowMs + 1;
    }
    for (long bucket : buckets) {
      long fall = bucket * BUCKET_MS + windowMs + 1;
      if (fall > nowMs) {
        return Math.min(next, fall);
      }
    }
    return next;
  }

  /** Index of the first kept moment at or after {@code at}. */
  public int lowerBound(long at) {
    int low = 0;
    int high = times.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (times[middle] < at) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Index after the last kept moment at or before {@code at}. */
  public int upperBound(long at) {
    return at == Long.MAX_VALUE ? times.length : lowerBound(at + 1);
  }

  private void addToBucket(long bucket) {
    int place = Arrays.binarySearch(buckets, bucket);
    if (place >= 0) {
      bucketCounts[place]++;
      return;
    }
    int at = -place - 1;
    long[] grown = new long[buckets.length + 1];
    int[] grownCounts = new int[buckets.length + 1];
    System.arraycopy(buckets, 0, grown, 0, at);
    System.arraycopy(bucketCounts, 0, grownCounts, 0, at);
    grown[at] = bucket;
    grownCounts[at] = 1;
    System.arraycopy(buckets, at, grown, at + 1, buckets.length - at);
    System.arraycopy(bucketCounts, at, grownCounts, at + 1, bucketCounts.length - at);
    buckets = grown;
    bucketCounts = grownCounts;
  }
}
