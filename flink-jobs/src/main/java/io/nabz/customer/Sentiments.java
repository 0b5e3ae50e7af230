package io.nabz.customer;

import com.fasterxml.jackson.databind.JsonNode;
import io.nabz.customer.state.CustomerState;
import io.nabz.customer.state.SentimentRecord;
import io.nabz.model.Event;
import io.nabz.model.FlagCode;
import java.util.List;

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

  static void apply(Step step, CustomerPolicy policy) {
    double score = of(step.event());
    SentimentRecord sentiment = step.state().sentiment;
    if (Double.isNaN(score) || !isNewer(step, sentiment)) {
      return;
    }
    sentiment.score = score;
    sentiment.atMs = step.timeMs();
    sentiment.eventId = step.event().id();
    sentiment.text = cut(text(step.event()), MAX_TEXT_CHARS);
    review(step, policy, score);
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

  private static void review(Step step, CustomerPolicy policy, double score) {
    CustomerState state = step.state();
    boolean flagged = state.flag(FlagCode.NEGATIVE_SENTIMENT.name()) != null;
    long until = step.timeMs() + policy.negativeSentimentFor().toMillis();
    if (score > policy.calmedSentimentAbove()) {
      Flags.end(state, FlagCode.NEGATIVE_SENTIMENT);
    } else if (flagged) {
      state.flag(FlagCode.NEGATIVE_SENTIMENT.name()).untilMs = until;
    } else if (score <= policy.negativeSentimentAt()) {
      Flags.raise(
          step.key(),
          state,
          FlagCode.NEGATIVE_SENTIMENT,
          step.timeMs(),
          until,
          List.of(step.evidence("text")),
          step.changes());
    }
  }

  /** By time, and by id among signs of one moment, so that arrival order does not matter. */
  private static boolean isNewer(Step step, SentimentRecord sentiment) {
    if (step.timeMs() != sentiment.atMs) {
      return step.timeMs() > sentiment.atMs;
    }
    return step.event().id().compareTo(sentiment.eventId) > 0;
  }
}
