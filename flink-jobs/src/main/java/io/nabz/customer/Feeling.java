package io.nabz.customer;

import io.nabz.model.Event;
import io.nabz.text.SentimentLabel;
import io.nabz.text.Signal;
import io.nabz.text.Span;
import io.nabz.text.TextReading;
import io.nabz.text.TextScorer;
import java.util.Comparator;
import java.util.List;

/**
 * What one event says of how the customer feels: the sentiment that it carries from upstream, or
 * else what its text was read as.
 *
 * @param score -1 (bad) to 1 (good); NaN when the event says nothing of feelings
 * @param spans what in the text carried the score, in code points; empty for an upstream sentiment
 * @param emotions by code
 * @param topic what the text is about, by its code; null when it was not read or names nothing
 */
record Feeling(double score, List<Span> spans, List<String> emotions, String topic) {
  private static final Feeling NONE = new Feeling(Double.NaN, List.of(), List.of(), null);

  static Feeling of(Event event, TextScorer scorer) {
    double upstream = Wording.upstream(event);
    if (!Double.isNaN(upstream)) {
      return new Feeling(upstream, List.of(), List.of(), null);
    }
    String text = Wording.toRead(event);
    if (text == null) {
      return NONE;
    }
    TextReading reading = scorer.read(text, event.text("lang"));
    // A plain question between two angry messages is no sign that the anger has passed.
    if (reading.label() == SentimentLabel.NEUTRAL) {
      return reading.topics().isEmpty()
          ? NONE
          : new Feeling(Double.NaN, List.of(), List.of(), topic(reading));
    }
    return new Feeling(
        Math.round(reading.score() * 100) / 100.0,
        reading.spans(),
        reading.emotions().stream().map(Signal::code).distinct().toList(),
        topic(reading));
  }

  /** What the text is surest about; the first by name of several. */
  private static String topic(TextReading reading) {
    return reading.topics().stream()
        .max(
            Comparator.comparingDouble(Signal::confidence)
                .thenComparing(Signal::code, Comparator.reverseOrder()))
        .map(Signal::code)
        .orElse(null);
  }

  boolean isThere() {
    return !Double.isNaN(score);
  }
}
