package io.nabz.text;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * All that was read from one text. Spans and signals point into the original text by code points;
 * {@code parts} holds one entry a language, so more than one means mixed text.
 */
public record TextReading(
    Language language,
    double score,
    SentimentLabel label,
    double confidence,
    List<Span> spans,
    List<TextPart> parts,
    List<Signal> emotions,
    List<Signal> topics,
    Optional<Signal> threatToLeave,
    Optional<Signal> urgency,
    Optional<Signal> abuse) {

  /** What is read from a text that says nothing. */
  public static final TextReading NOTHING =
      new TextReading(
          Language.OTHER,
          0,
          SentimentLabel.NEUTRAL,
          0,
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  public TextReading {
    Objects.requireNonNull(language, "language is null");
    Objects.requireNonNull(label, "label is null");
    if (!(score >= -1 && score <= 1)) {
      throw new IllegalArgumentException("a score is in -1..1: " + score);
    }
    if (!(confidence >= 0 && confidence <= 1)) {
      throw new IllegalArgumentException("a confidence is in 0..1: " + confidence);
    }
    spans = List.copyOf(spans);
    parts = List.copyOf(parts);
    emotions = List.copyOf(emotions);
    topics = List.copyOf(topics);
    Objects.requireNonNull(threatToLeave, "threatToLeave is null");
    Objects.requireNonNull(urgency, "urgency is null");
    Objects.requireNonNull(abuse, "abuse is null");
  }

  public boolean mixed() {
    return parts.size() > 1;
  }
}
