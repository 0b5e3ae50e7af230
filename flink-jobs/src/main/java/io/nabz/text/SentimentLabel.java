package io.nabz.text;

/** What a score amounts to. */
public enum SentimentLabel {
  NEGATIVE("negative", -1),
  NEUTRAL("neutral", 0),
  POSITIVE("positive", 1);

  /** A score nearer to zero than this is neutral. */
  public static final double NEUTRAL_BELOW = 0.25;

  private final String code;
  private final int sign;

  SentimentLabel(String code, int sign) {
    this.code = code;
    this.sign = sign;
  }

  /** -1, 0 or 1. */
  public int sign() {
    return sign;
  }

  public String code() {
    return code;
  }

  public static SentimentLabel of(double score) {
    if (score >= NEUTRAL_BELOW) {
      return POSITIVE;
    }
    return score <= -NEUTRAL_BELOW ? NEGATIVE : NEUTRAL;
  }
}
