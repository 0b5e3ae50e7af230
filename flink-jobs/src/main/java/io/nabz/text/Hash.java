package io.nabz.text;

/** 64-bit hashes of words and phrases: at some ten thousand entries a collision will not be met. */
final class Hash {
  static final long SEED = 0x9E3779B97F4A7C15L;

  private Hash() {}

  static long of(char[] chars, int from, int length) {
    return extend(SEED, chars, from, length);
  }

  static long of(String word) {
    long h = SEED;
    for (int i = 0; i < word.length(); i++) {
      h = step(h, word.charAt(i));
    }
    return h;
  }

  static long extend(long h, char[] chars, int from, int length) {
    for (int i = from, end = from + length; i < end; i++) {
      h = step(h, chars[i]);
    }
    return h;
  }

  static long step(long h, char c) {
    return (h ^ c) * 0xD6E8FEB86659FD93L + 0x632BE59BD9B4E019L;
  }

  /** Of a phrase, given that of the words before and that of the next word. */
  static long join(long before, long word) {
    return mix(before * 31 + word);
  }

  static long mix(long h) {
    long x = h;
    x = (x ^ (x >>> 32)) * 0xD6E8FEB86659FD93L;
    x = (x ^ (x >>> 32)) * 0xD6E8FEB86659FD93L;
    return x ^ (x >>> 32);
  }
}
