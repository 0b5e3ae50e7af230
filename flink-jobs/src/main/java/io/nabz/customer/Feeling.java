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
 * @param spans what in the text carries the score, in code points
 * @param emotions by code
 * @param topic what the text is about, by its code; null when it was not read or names nothing
 */
record Feeling(double score, List<Span> spans, List<String> emotions, String topic) {
  private static final Feeling NONE = new Feeling(Double.NaN, List.of(), List.of(), null);

  static Feeling of(Event event, TextScorer scorer) {
    double upstream = Wording.upstream(event);
    String text = Wording.words(event);
    if (!Double.isNaN(upstream)) {
      return text == null
          ? new Feeling(upstream, List.of(), List.of(), null)
          : told(upstream, scorer.read(text, event.text("lang")));
    }
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
        emotions(reading),
        topic(reading));
  }

  /** An upstream score stands; our reading only shows the words that bear it out. */
  private static Feeling told(double score, TextReading reading) {
    int sign = SentimentLabel.of(score).sign();
    return new Feeling(
        score,
        reading.spans().stream().filter(span -> Math.signum(span.weight()) == sign).toList(),
        reading.label().sign() == sign ? emotions(reading) : List.of(),
        topic(reading));
  }

  private static List<String> emotions(TextReading reading) {
    return reading.emotions().stream().map(Signal::code).distinct().toList();
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
