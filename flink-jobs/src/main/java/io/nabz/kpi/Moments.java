package io.nabz.kpi;

import java.util.Arrays;

/**
 * A bag of moments from which each can be taken out again, in whatever order: how many contacts
 * wait since when. As large as the number of different moments in it.
 */
public class Moments {
  /** Epoch milliseconds, rising. */
  public long[] at = new long[0];

  /** How often each is there; below zero when it was taken out before it came in. */
  public int[] times = new int[0];

  public void add(long momentMs, int count) {
    int i = Arrays.binarySearch(at, momentMs);
    if (i >= 0) {
      times[i] += count;
      if (times[i] == 0) {
        resize(i, i + 1, at.length - 1);
      }
    } else if (count != 0) {
      i = -i - 1;
      resize(i, i, at.length + 1);
      at[i] = momentMs;
      times[i] = count;
    }
  }

  /** Null adds nothing. */
  public void addAll(Moments other) {
    if (other == null) {
      return;
    }
    for (int i = 0; i < other.at.length; i++) {
      add(other.at[i], other.times[i]);
    }
  }

  public boolean isEmpty() {
    return at.length == 0;
  }

  /** The first moment that is there, or {@code Long.MIN_VALUE}. */
  public long earliest() {
    for (int i = 0; i < at.length; i++) {
      if (times[i] > 0) {
        return at[i];
      }
    }
    return Long.MIN_VALUE;
  }

  private void resize(int head, int tail, int length) {
    int rest = at.length - tail;
    long[] newAt = Arrays.copyOf(Arrays.copyOf(at, head), length);
    int[] newTimes = Arrays.copyOf(Arrays.copyOf(times, head), length);
    System.arraycopy(at, tail, newAt, length - rest, rest);
    System.arraycopy(times, tail, newTimes, length - rest, rest);
    at = newAt;
    times = newTimes;
  }
}
