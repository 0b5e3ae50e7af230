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
    if (other == null || other.isEmpty()) {
      return;
    }
    int most = at.length + other.at.length;
    long[] newAt = new long[most];
    int[] newTimes = new int[most];
    int size = 0;
    int mine = 0;
    int theirs = 0;
    while (mine < at.length || theirs < other.at.length) {
      boolean takeMine =
          theirs == other.at.length || (mine < at.length && at[mine] <= other.at[theirs]);
      boolean takeTheirs =
          mine == at.length || (theirs < other.at.length && other.at[theirs] <= at[mine]);
      newAt[size] = takeMine ? at[mine] : other.at[theirs];
      int count = (takeMine ? times[mine++] : 0) + (takeTheirs ? other.times[theirs++] : 0);
      if (count != 0) {
        newTimes[size++] = count;
      }
    }
    at = Arrays.copyOf(newAt, size);
    times = Arrays.copyOf(newTimes, size);
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
