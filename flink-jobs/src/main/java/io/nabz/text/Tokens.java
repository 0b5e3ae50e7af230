package io.nabz.text;

import java.util.Arrays;

/** The words of one text in parallel arrays, reused from text to text by one thread. */
final class Tokens {
  static final int BREAK = 1;
  static final int SENTENCE_END = 1 << 1;
  static final int QUESTION = 1 << 2;
  static final int SHOUT = 1 << 3;
  static final int STRETCHED = 1 << 4;
  static final int VERB = 1 << 5;
  static final int NEGATED = 1 << 6;
  static final int QUOTED = 1 << 7;
  static final int EXCLAIMED = 1 << 8;
  static final int SLASH = 1 << 9;

  /** Bare stem of a copula word: «عالیه» is «عالی است», so a clause ends here. */
  static final int COPULA = 1 << 10;

  static final byte FA = 1;
  static final byte LATIN = 2;
  static final byte NUMBER = 3;
  static final byte EMOJI = 4;
  static final byte FOREIGN = 5;

  int count;
  int[] from = new int[64];
  int[] to = new int[64];
  int[] offset = new int[64];
  int[] length = new int[64];
  long[] surface = new long[64];
  long[] stem = new long[64];
  int[] flags = new int[64];
  byte[] kind = new byte[64];
  double[] number = new double[64];

  char[] pool = new char[512];
  int poolSize;
  int exclamations;

  void clear() {
    count = 0;
    poolSize = 0;
    exclamations = 0;
  }

  boolean is(int token, int flag) {
    return (flags[token] & flag) != 0;
  }

  void mark(int token, int flag) {
    if (token >= 0) {
      flags[token] |= flag;
    }
  }

  int add(byte tokenKind, int start, int end) {
    if (count == from.length) {
      grow();
    }
    int token = count++;
    kind[token] = tokenKind;
    from[token] = start;
    to[token] = end;
    offset[token] = poolSize;
    length[token] = 0;
    surface[token] = 0;
    stem[token] = 0;
    flags[token] = 0;
    number[token] = 0;
    return token;
  }

  /** Adds a letter to the last token. */
  void append(char c) {
    ensurePool(1);
    pool[poolSize++] = c;
    length[count - 1]++;
  }

  void ensurePool(int more) {
    if (poolSize + more > pool.length) {
      pool = Arrays.copyOf(pool, Math.max(poolSize + more, poolSize * 2));
    }
  }

  void removeLast() {
    count--;
    poolSize = offset[count];
  }

  /** Whether the token is exactly this word. */
  boolean equals(int token, String word) {
    if (length[token] != word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if (pool[offset[token] + i] != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Makes one word of the last two, whose letters lie side by side in the pool. */
  void joinLastTwo() {
    int last = count - 1;
    int before = last - 1;
    length[before] += length[last];
    to[before] = to[last];
    flags[before] |= flags[last];
    count--;
  }

  private void grow() {
    int size = count * 2;
    from = Arrays.copyOf(from, size);
    to = Arrays.copyOf(to, size);
    offset = Arrays.copyOf(offset, size);
    length = Arrays.copyOf(length, size);
    surface = Arrays.copyOf(surface, size);
    stem = Arrays.copyOf(stem, size);
    flags = Arrays.copyOf(flags, size);
    kind = Arrays.copyOf(kind, size);
    number = Arrays.copyOf(number, size);
  }
}
