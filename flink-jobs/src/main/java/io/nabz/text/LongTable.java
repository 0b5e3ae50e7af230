package io.nabz.text;

import java.util.Arrays;

/** An open-addressed map from hash to small number; filled once, then only read. */
final class LongTable {
  static final int ABSENT = Integer.MIN_VALUE;

  private long[] keys = new long[1024];
  private int[] values = new int[1024];
  private int size;

  LongTable() {
    Arrays.fill(values, ABSENT);
  }

  int get(long key) {
    int mask = keys.length - 1;
    int at = (int) Hash.mix(key) & mask;
    while (values[at] != ABSENT) {
      if (keys[at] == key) {
        return values[at];
      }
      at = (at + 1) & mask;
    }
    return ABSENT;
  }

  boolean has(long key) {
    return get(key) != ABSENT;
  }

  void put(long key, int value) {
    if (size * 2 >= keys.length) {
      grow();
    }
    int mask = keys.length - 1;
    int at = (int) Hash.mix(key) & mask;
    while (values[at] != ABSENT && keys[at] != key) {
      at = (at + 1) & mask;
    }
    if (values[at] == ABSENT) {
      size++;
    }
    keys[at] = key;
    values[at] = value;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldValues = values;
    keys = new long[oldKeys.length * 2];
    values = new int[oldValues.length * 2];
    Arrays.fill(values, ABSENT);
    size = 0;
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldValues[i] != ABSENT) {
        put(oldKeys[i], oldValues[i]);
      }
    }
  }
}
