package io.nabz.kpi;

import java.util.Arrays;

/** A few sums, by slot of {@link Measure}, in the order in which they were first added to. */
public class Tally {
  public int[] slots = new int[0];
  public long[] values = new long[0];

  void add(Measure measure, long value) {
    if (value == 0) {
      return;
    }
    for (int i = 0; i < slots.length; i++) {
      if (slots[i] == measure.slot()) {
        values[i] += value;
        return;
      }
    }
    slots = Arrays.copyOf(slots, slots.length + 1);
    values = Arrays.copyOf(values, slots.length);
    slots[slots.length - 1] = measure.slot();
    values[slots.length - 1] = value;
  }

  void addTo(long[] sums, int sign) {
    for (int i = 0; i < slots.length; i++) {
      sums[slots[i]] += sign * values[i];
    }
  }

  int heapBytes() {
    return 60 + 12 * slots.length;
  }
}
