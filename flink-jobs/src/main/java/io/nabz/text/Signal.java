package io.nabz.text;

import java.util.Objects;

/**
 * One thing noticed in a text (an emotion, a topic, a threat to leave), the confidence in 0..1, and
 * where it stands in code points of the original text.
 */
public record Signal(String code, double confidence, int from, int to) {
  public Signal {
    Objects.requireNonNull(code, "code is null");
    if (!(confidence >= 0 && confidence <= 1)) {
      throw new IllegalArgumentException("a confidence is in 0..1: " + confidence);
    }
  }
}
