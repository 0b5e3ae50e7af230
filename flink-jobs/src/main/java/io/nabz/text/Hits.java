package io.nabz.text;

import java.util.Arrays;

/** The feelings found in one text in parallel arrays, reused from text to text by one thread. */
final class Hits {
  static final int SARCASTIC = 1;
  static final int TURNED = 1 << 1;
  static final int CLOSED = 1 << 2;
  static final int ABUSE = 1 << 3;
  static final int PERSIAN = 1 << 4;

  int count;
  double[] weight = new double[64];
  int[] first = new int[64];
  int[] last = new int[64];
  int[] emotions = new int[64];
  int[] flags = new int[64];

  void clear() {
    count = 0;
  }

  int add(double w, int from, int to, int feels, int flag) {
    if (count == weight.length) {
      int size = count * 2;
      weight = Arrays.copyOf(weight, size);
      first = Arrays.copyOf(first, size);
      last = Arrays.copyOf(last, size);
      emotions = Arrays.copyOf(emotions, size);
      flags = Arrays.copyOf(flags, size);
    }
    weight[count] = w;
    first[count] = from;
    last[count] = to;
    emotions[count] = feels;
    flags[count] = flag;
    return count++;
  }

  boolean is(int hit, int flag) {
    return (flags[hit] & flag) != 0;
  }
}
