package io.nabz.customer;

import com.fasterxml.jackson.databind.JsonNode;
import io.nabz.customer.state.SentimentRecord;
import io.nabz.model.Event;

/** The newest sign of how the customer feels, from whatever event carries one. */
final class Sentiments {
  private static final int MAX_TEXT_CHARS = 160;

  private Sentiments() {}

  /** The sentiment that the event carries, -1 to 1, or NaN. */
  static double of(Event event) {
    JsonNode node = event.data().get("sentiment");
    if (node == null || !node.isNumber()) {
      return Double.NaN;
    }
    double score = node.asDouble();
    return score >= -1 && score <= 1 ? score : Double.NaN;
  }

  static void apply(Step step) {
    double score = of(step.event());
    SentimentRecord sentiment = step.state().sentiment;
    if (Double.isNaN(score)) {
      return;
    }
    Moods.add(step, score);
    if (!isNewer(step, sentiment)) {
      return;
    }
    sentiment.score = score;
    sentiment.atMs = step.timeMs();
    sentiment.eventId = step.event().id();
    sentiment.text = cut(text(step.event()), MAX_TEXT_CHARS);
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
