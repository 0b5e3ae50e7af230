package io.nabz.text;

import java.util.Locale;

/** The languages that the reader tells apart. */
public enum Language {
  FA("fa"),
  EN("en"),
  OTHER("other");

  private final String code;

  Language(String code) {
    this.code = code;
  }

  public String code() {
    return code;
  }

  /** The language of a tag such as {@code fa-IR}; null when the tag says nothing we know. */
  static Language ofHint(String hint) {
    if (hint == null || hint.length() < 2) {
      return null;
    }
    String two = hint.substring(0, 2).toLowerCase(Locale.ROOT);
    return switch (two) {
      case "fa", "pe" -> FA;
      case "en" -> EN;
      default -> null;
    };
  }
}
