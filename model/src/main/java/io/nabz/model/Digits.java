package io.nabz.model;

/** Folding of Persian (U+06F0..) and Arabic (U+0660..) digits. */
public final class Digits {
  private Digits() {}

  /** The text with Persian and Arabic digits as {@code 0} to {@code 9}; the same object if none. */
  public static String toLatin(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (latin(text.charAt(i)) != text.charAt(i)) {
        return fold(text, i);
      }
    }
    return text;
  }

  private static String fold(String text, int from) {
    char[] chars = text.toCharArray();
    for (int i = from; i < chars.length; i++) {
      chars[i] = latin(chars[i]);
    }
    return new String(chars);
  }

  private static char latin(char c) {
    if (c >= '\u06F0' && c <= '\u06F9') {
      return (char) ('0' + (c - '\u06F0'));
    }
    if (c >= '\u0660' && c <= '\u0669') {
      return (char) ('0' + (c - '\u0660'));
    }
    return c;
  }
}
