package io.nabz.rules.engine;

import java.text.NumberFormat;
import java.util.Locale;

/**
 * How a value stands in a text of a language: numbers in the digits of the language, and what is
 * written in the other direction between the isolates of Unicode's bidirectional algorithm (UAX #9,
 * 3.3.2), or {@code /pbx/tehran-2} would end with its slash in a Persian line. Times stay RFC 3339:
 * zone and calendar are the reader's.
 */
enum Inset {
  /** English, from left to right. */
  EN("en") {
    @Override
    boolean mustIsolate(String value) {
      return value.codePoints().anyMatch(Inset::isRightToLeft);
    }
  },
  /** Persian, from right to left; what has only digits and signs would turn round as well. */
  FA("fa-u-nu-arabext") {
    @Override
    boolean mustIsolate(String value) {
      return !value.codePoints().allMatch(c -> isRightToLeft(c) || c == ' ' || c == NON_JOINER);
    }
  };

  private static final int MAX_VALUE = 80;
  private static final int NON_JOINER = 0x200C;
  private static final char FIRST_STRONG_ISOLATE = '\u2068';
  private static final char POP_ISOLATE = '\u2069';

  private final Locale locale;

  Inset(String language) {
    this.locale = Locale.forLanguageTag(language);
  }

  /** The value as it is put in; empty if there is nothing to be seen in it. */
  String of(Object value) {
    if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
      NumberFormat format = NumberFormat.getNumberInstance(locale);
      format.setMaximumFractionDigits(2);
      return format.format(number);
    }
    String clean = clean(value.toString());
    return clean.isEmpty() || !mustIsolate(clean)
        ? clean
        : FIRST_STRONG_ISOLATE + clean + POP_ISOLATE;
  }

  abstract boolean mustIsolate(String value);

  private static String clean(String value) {
    StringBuilder text = new StringBuilder();
    value
        .codePoints()
        .limit(MAX_VALUE)
        .map(c -> Character.getType(c) == Character.CONTROL ? ' ' : c)
        .filter(c -> !turnsDirection(c))
        .forEach(text::appendCodePoint);
    return text.toString().strip();
  }

  private static boolean isRightToLeft(int c) {
    byte direction = Character.getDirectionality(c);
    return direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
        || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC;
  }

  /** The zero-width non-joiner is part of Persian words and stays. */
  private static boolean turnsDirection(int c) {
    return (c >= 0x202A && c <= 0x202E)
        || (c >= 0x2066 && c <= 0x2069)
        || c == 0x200E
        || c == 0x200F
        || c == 0x061C;
  }
}
