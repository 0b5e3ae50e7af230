package io.nabz.kpi;

import java.util.Arrays;

/**
 * What was said of something in several respects and when, so that of several words the first or
 * the last can hold. Two arrays and not a list of small objects: this is read and written with
 * nearly every fact.
 */
public class Words {
  static final int CHANNEL = 0;
  static final int QUEUE = 1;
  static final int AGENT = 2;
  static final int TOPIC = 3;

  /** What the customer's own words were read to be about. */
  static final int READ_TOPIC = 4;

  static final int NOW_QUEUE = 5;
  static final int NOW_AGENT = 6;

  /** A short word, its place and its time. */
  private static final int WORD_BYTES = 70;

  /** By respect, as far as any was ever said. */
  public String[] said = new String[0];

  public long[] atMs = new long[0];

  /** What holds, or null. */
  String get(int respect) {
    return respect < said.length ? said[respect] : null;
  }

  /** Holds the word if it is earlier; among words of one moment the smaller, whatever the order. */
  void first(int respect, String word, long timeMs) {
    if (word != null && (get(respect) == null || timeMs <= atMs[respect])) {
      hold(respect, word, timeMs);
    }
  }

  void last(int respect, String word, long timeMs) {
    if (word != null && (get(respect) == null || timeMs >= atMs[respect])) {
      hold(respect, word, timeMs);
    }
  }

  private void hold(int respect, String word, long timeMs) {
    if (respect >= said.length) {
      said = Arrays.copyOf(said, respect + 1);
      atMs = Arrays.copyOf(atMs, respect + 1);
    }
    boolean equal = said[respect] != null && atMs[respect] == timeMs;
    if (!equal || word.compareTo(said[respect]) < 0) {
      said[respect] = word;
      atMs[respect] = timeMs;
    }
  }

  int heapBytes() {
    return 60 + WORD_BYTES * said.length;
  }
}
