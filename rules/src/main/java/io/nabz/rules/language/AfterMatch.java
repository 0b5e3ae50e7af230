package io.nabz.rules.language;

/** What a match leaves of the others that are under way, of the same rule and correlation. */
public enum AfterMatch {
  /** Those that began before the match ended are given up: one happening, one alert. */
  SKIP_PAST_LAST("skipPastLast"),
  /** Those that began with the same event are given up. */
  SKIP_TO_NEXT("skipToNext"),
  /** All go on. */
  NO_SKIP("noSkip");

  private final String code;

  AfterMatch(String code) {
    this.code = code;
  }

  public String code() {
    return code;
  }
}
