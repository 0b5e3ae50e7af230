package io.nabz.job;

import static java.util.Objects.requireNonNull;

import io.nabz.text.TextReading;
import io.nabz.text.TextScorer;

/**
 * Answers with the reading that came along with the record, if one did. Not for several threads.
 */
final class GivenReadings implements TextScorer {
  private final TextScorer builtIn;
  private byte[] given;

  GivenReadings(TextScorer builtIn) {
    this.builtIn = requireNonNull(builtIn, "builtIn is null");
  }

  /**
   * @param answer an outside scorer's for the next text, or null
   */
  void give(byte[] answer) {
    given = answer;
  }

  @Override
  public TextReading read(String text, String languageHint) {
    return given == null
        ? builtIn.read(text, languageHint)
        : ScorerWire.reading(given).orElseGet(() -> builtIn.read(text, languageHint));
  }
}
