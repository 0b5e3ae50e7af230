package io.nabz.text.train;

import java.util.Objects;

/**
 * A text to learn from: 1 is good, 0 is bad, 0.5 is neither; {@code weight} says how much it
 * counts.
 */
public record Example(String text, double target, double weight) {
  public Example {
    Objects.requireNonNull(text, "text is null");
    if (!(target >= 0 && target <= 1) || !(weight > 0)) {
      throw new IllegalArgumentException("a target is in 0..1 and a weight above 0");
    }
  }

  /** The target as a class: -1, 0 or 1. */
  public int label() {
    return target > 0.75 ? 1 : target < 0.25 ? -1 : 0;
  }
}
