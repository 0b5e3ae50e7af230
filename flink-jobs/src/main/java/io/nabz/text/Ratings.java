package io.nabz.text;

/** Marks given in words: «۲ از ۵», "9/10", "one out of five", «نمره صفر». */
final class Ratings {
  private static final long AZ = Hash.of("از");
  private static final long OUT = Hash.of("out");
  private static final long OF = Hash.of("of");
  private static final long[] STARS = {Hash.of("ستاره"), Hash.of("star"), Hash.of("stars")};
  private static final long[] MARKS = {Hash.of("نمره"), Hash.of("امتیاز")};
  private static final String[] PERSIAN = {
    "صفر", "یک", "دو", "سه", "چهار", "پنج", "شش", "هفت", "هشت", "نه", "ده"
  };
  private static final String[] ENGLISH = {
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"
  };
  private static final LongTable NUMBERS = new LongTable();

  static {
    for (int n = 0; n < PERSIAN.length; n++) {
      NUMBERS.put(Hash.of(PERSIAN[n]), n);
      NUMBERS.put(Hash.of(ENGLISH[n]), n);
    }
    NUMBERS.put(Hash.of("بیست"), 20);
    NUMBERS.put(Hash.of("صد"), 100);
  }

  private Ratings() {}

  static void read(Tokens t, Hits hits) {
    for (int i = 0; i < t.count; i++) {
      double value = value(t, i);
      if (value < 0) {
        continue;
      }
      if (i > 0 && t.surface[i - 1] == AZ && given(t, hits, i, value)) {
        continue;
      }
      int next = i + 1;
      if (next >= t.count) {
        after(t, hits, i, value);
        continue;
      }
      int of = t.is(i, Tokens.SLASH) ? next : outOf(t, next);
      double most = of > 0 && of < t.count ? value(t, of) : -1;
      if (most == 5 || most == 10 || most == 20 || most == 100) {
        if (value <= most) {
          hits.add(weight(value / most), i, of, 0, 0);
          i = of;
        }
      } else if (any(STARS, t.surface[next]) && value <= 5) {
        hits.add(weight(value / 5), i, next, 0, 0);
      } else {
        after(t, hits, i, value);
      }
    }
  }

  /** «از ده بهشون نه میدم»: the scale first, the mark later. */
  private static boolean given(Tokens t, Hits hits, int scale, double most) {
    if (most != 5 && most != 10 && most != 20 && most != 100) {
      return false;
    }
    for (int k = scale + 1; k < Math.min(t.count - 1, scale + 4); k++) {
      double mark = value(t, k);
      if (mark >= 0 && mark <= most) {
        hits.add(weight(mark / most), scale, k, 0, 0);
        return true;
      }
    }
    return false;
  }

  private static void after(Tokens t, Hits hits, int i, double value) {
    if (i > 0 && any(MARKS, t.surface[i - 1])) {
      double most = value > 10 ? 20 : value > 5 ? 10 : 5;
      hits.add(weight(value / most), i - 1, i, 0, 0);
    }
  }

  private static int outOf(Tokens t, int at) {
    if (t.surface[at] == AZ) {
      return at + 1;
    }
    boolean outOf = t.surface[at] == OUT && at + 1 < t.count && t.surface[at + 1] == OF;
    return outOf ? at + 2 : -1;
  }

  /** The middle of the scale feels nothing; a mark below it weighs at once. */
  private static double weight(double share) {
    return share >= 0.7
        ? 1.6 * (share - 0.4)
        : share > 0.45 && share <= 0.6 ? 0 : 2 * (share - 0.6);
  }

  private static double value(Tokens t, int i) {
    if (t.kind[i] == Tokens.NUMBER) {
      return t.number[i];
    }
    int n = NUMBERS.get(t.surface[i]);
    return n == LongTable.ABSENT ? -1 : n;
  }

  private static boolean any(long[] words, long word) {
    for (long w : words) {
      if (w == word) {
        return true;
      }
    }
    return false;
  }
}
