package io.nabz.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nabz.model.Event;
import io.nabz.model.Json;
import io.nabz.text.Language;
import io.nabz.text.SentimentLabel;
import io.nabz.text.Signal;
import io.nabz.text.Span;
import io.nabz.text.TextReading;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What goes to an outside scorer, {@code {"text", "lang"}}, and what has to come back: {@code
 * {"score": -0.4}} with, optionally, {@code spans} as {@code [from, to, weight]} in code points,
 * {@code emotions} and {@code topics} by name.
 */
final class ScorerWire {
  static final int MAX_ANSWER_BYTES = 64 * 1024;
  private static final int MAX_PARTS = 24;

  private ScorerWire() {}

  static byte[] question(Event event, String text) {
    ObjectNode question = Json.mapper().createObjectNode().put("text", text);
    if (event.text("lang") != null) {
      question.put("lang", event.text("lang"));
    }
    return Json.bytes(question);
  }

  /** The reading, or empty when it is no answer that can be used. */
  static Optional<TextReading> reading(byte[] answer) {
    if (answer == null || answer.length > MAX_ANSWER_BYTES) {
      return Optional.empty();
    }
    try {
      JsonNode node = Json.tree(answer);
      JsonNode score = node.path("score");
      return score.isNumber() && Math.abs(score.asDouble()) <= 1
          ? Optional.of(reading(node, score.asDouble()))
          : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static TextReading reading(JsonNode node, double score) {
    return new TextReading(
        Language.OTHER,
        score,
        SentimentLabel.of(score),
        1,
        spans(node.path("spans")),
        List.of(),
        signals(node.path("emotions")),
        signals(node.path("topics")),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static List<Span> spans(JsonNode nodes) {
    List<Span> spans = new ArrayList<>();
    for (JsonNode node : nodes) {
      if (spans.size() < MAX_PARTS) {
        spans.add(new Span(node.path(0).asInt(), node.path(1).asInt(), node.path(2).asDouble()));
      }
    }
    return spans;
  }

  /** Their order tells how sure they are. */
  private static List<Signal> signals(JsonNode names) {
    List<Signal> signals = new ArrayList<>();
    for (JsonNode name : names) {
      if (name.isTextual() && signals.size() < MAX_PARTS) {
        signals.add(new Signal(name.asText(), 1 - signals.size() / (double) MAX_PARTS, 0, 0));
      }
    }
    return signals;
  }
}
