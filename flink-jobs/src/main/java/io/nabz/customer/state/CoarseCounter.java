package io.nabz.customer.state;

import java.util.Arrays;

/**
 * Occurrences of the last 30 days in buckets of six hours. A window counts every bucket that
 * reaches into it, so a count may hold up to six hours more than the window says. State stays
 * within 1.5 KiB however many occurrences come.
 */
public class CoarseCounter {
  public static final long BUCKET_MS = 6L * 3_600_000;

  /** Bucket numbers, ascending. */
  public int[] buckets = new int[0];

  public int[] counts = new int[0];

  /**
   * @param phaseMs shift of the bucket edges, so that the buckets of all customers do not end at
   *     the same moment
   */
  public void add(long at, long phaseMs) {
    int bucket = bucket(at, phaseMs);
    int place = Arrays.binarySearch(buckets, bucket);
    if (place >= 0) {
      counts[place]++;
      return;
    }
    int to = -place - 1;
    int[] grown = new int[buckets.length + 1];
    int[] grownCounts = new int[buckets.length + 1];
    System.arraycopy(buckets, 0, grown, 0, to);
    System.arraycopy(counts, 0, grownCounts, 0, to);
    grown[to] = bucket;
    grownCounts[to] = 1;
    System.arraycopy(buckets, to, grown, to + 1, buckets.length - to);
    System.arraycopy(counts, to, grownCounts, to + 1, counts.length - to);
    buckets = grown;
    counts = grownCounts;
  }

  /** Takes one out of the bucket of that moment, if it is still there. */
  public void remove(long at, long phaseMs) {
    int place = Arrays.binarySearch(buckets, bucket(at, phaseMs));
    if (place < 0) {
      return;
    }
    counts[place]--;
    if (counts[place] <= 0) {
      buckets = without(buckets, place);
      counts = without(counts, place);
    }
  }

  /** Drops the buckets that no longer reach into the longest window that ends at {@code nowMs}. */
  public void prune(long nowMs, long phaseMs) {
    int first = 0;
    int oldest = bucket(nowMs - TimeCounter.HORIZON_MS, phaseMs);
    while (first < buckets.length && buckets[first] < oldest) {
      first++;
    }
    if (first > 0) {
      buckets = Arrays.copyOfRange(buckets, first, buckets.length);
      counts = Arrays.copyOfRange(counts, first, counts.length);
    }
  }

  public int count(long nowMs, long windowMs, long phaseMs) {
    int oldest = bucket(nowMs - windowMs, phaseMs);
    int count = 0;
    for (int i = buckets.length - 1; i >= 0 && buckets[i] >= oldest; i--) {
      count += counts[i];
    }
    return count;
  }

  /** The first moment after {@code nowMs} at which the count of that window falls. */
  public long nextFall(long nowMs, long windowMs, long phaseMs) {
    int oldest = bucket(nowMs - windowMs, phaseMs);
    for (int bucket : buckets) {
      if (bucket >= oldest) {
        return (bucket + 1) * BUCKET_MS - phaseMs + windowMs;
      }
    }
    return CustomerState.NEVER;
  }

  private static int[] without(int[] numbers, int place) {
    int[] fewer = Arrays.copyOf(numbers, numbers.length - 1);
    System.arraycopy(numbers, place + 1, fewer, place, fewer.length - place);
    return fewer;
  }

  private static int bucket(long at, long phaseMs) {
    return (int) Math.floorDiv(at + phaseMs, BUCKET_MS);
  }
}
