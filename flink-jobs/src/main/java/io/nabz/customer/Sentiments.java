package io.nabz.customer;

import io.nabz.customer.state.SentimentRecord;
import io.nabz.model.Event;
import io.nabz.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/** The newest sign of how the customer feels, from whatever event carries one. */
final class Sentiments {
  private static final int MAX_TEXT_CHARS = 160;

  private Sentiments() {}

  static void apply(Step step) {
    Feeling feeling = step.feeling();
    SentimentRecord sentiment = step.state().sentiment;
    if (!feeling.isThere()) {
      return;
    }
    Moods.add(step, feeling.score());
    if (!isNewer(step, sentiment)) {
      return;
    }
    sentiment.score = feeling.score();
    sentiment.atMs = step.timeMs();
    sentiment.eventId = step.event().id();
    sentiment.text = cut(text(step.event()), MAX_TEXT_CHARS);
    sentiment.spans = spans(feeling.spans(), sentiment.text);
    sentiment.emotions = feeling.emotions().isEmpty() ? null : new ArrayList<>(feeling.emotions());
  }

  /** As flat triples, without those that the cut has taken; null for none. */
  private static double[] spans(List<Span> spans, String text) {
    if (spans.isEmpty() || text == null) {
      return null;
    }
    int length = text.codePointCount(0, text.length());
    return spans.stream()
        .filter(span -> span.to() <= length)
        .flatMapToDouble(span -> DoubleStream.of(span.from(), span.to(), span.weight()))
        .toArray();
  }

  /** What the customer wrote or said in the event, or null. */
  static String text(Event event) {
    String text = event.text("text");
    return text == null ? event.text("comment") : text;
  }

  /** At most that many characters, never half of a surrogate pair. */
  static String cut(String text, int maxChars) {
    if (text == null || text.length() <= maxChars) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(maxChars - 1)) ? maxChars - 1 : maxChars;
    return text.substring(0, end);
  }

  /** By time, and by id among signs of one moment, so that arrival order does not matter. */
  private static boolean isNewer(Step step, SentimentRecord sentiment) {
    if (step.timeMs() != sentiment.atMs) {
      return step.timeMs() > sentiment.atMs;
    }
    return step.event().id().compareTo(sentiment.eventId) > 0;
  }
}
