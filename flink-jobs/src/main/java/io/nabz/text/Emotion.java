package io.nabz.text;

/** The feelings that are told apart beyond good and bad. */
enum Emotion {
  ANGER("anger", 1 << 0),
  DISAPPOINTMENT("disappointment", 1 << 1),
  WORRY("worry", 1 << 2),
  CONFUSION("confusion", 1 << 3),
  GRATITUDE("gratitude", 1 << 4),
  JOY("joy", 1 << 5);

  final String code;
  private final int bit;

  Emotion(String code, int bit) {
    this.code = code;
    this.bit = bit;
  }

  int bit() {
    return bit;
  }

  boolean pleasant() {
    return this == GRATITUDE || this == JOY;
  }
}
