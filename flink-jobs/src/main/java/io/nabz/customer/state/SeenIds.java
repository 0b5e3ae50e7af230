package io.nabz.customer.state;

import java.util.Arrays;

/**
 * The newest event ids of a customer as 64-bit hashes, so that a second arrival changes nothing. It
 * holds {@value #CAPACITY}: a duplicate that comes after more events of the same customer than that
 * is not recognised.
 */
public class SeenIds {
  public static final int CAPACITY = 256;

  private static final int GROWTH = 8;

  /** Grows by little up to the capacity, then is overwritten from the oldest on. */
  public long[] hashes = new long[0];

  public int size;

  /** Index of the oldest once the capacity is reached. */
  public int oldest;

  /** Whether it is one of them. */
  public boolean contains(long hash) {
    for (int i = 0; i < size; i++) {
      if (hashes[i] == hash) {
        return true;
      }
    }
    return false;
  }

  /** Remembers the hash; false when it was there already. */
  public boolean add(long hash) {
    if (contains(hash)) {
      return false;
    }
    if (size == CAPACITY) {
      hashes[oldest] = hash;
      oldest = (oldest + 1) % CAPACITY;
      return true;
    }
    if (size == hashes.length) {
      hashes = Arrays.copyOf(hashes, Math.min(CAPACITY, size + GROWTH));
    }
    hashes[size++] = hash;
    return true;
  }
}
