package io.nabz.customer;

import com.fasterxml.jackson.databind.JsonNode;
import io.nabz.model.Event;
import io.nabz.model.EventTypes;

/** What in an event are the customer's own words, and whether somebody has read them already. */
public final class Wording {
  private Wording() {}

  /** The text that is to be read, or null: there is none, or its sentiment comes from upstream. */
  public static String toRead(Event event) {
    return EventTypes.OWN_WORDS.contains(event.type()) && Double.isNaN(upstream(event))
        ? Sentiments.text(event)
        : null;
  }

  /** The sentiment that the sender gives, or NaN. */
  static double upstream(Event event) {
    JsonNode node = event.data().get("sentiment");
    if (node == null || !node.isNumber()) {
      return Double.NaN;
    }
    double score = node.asDouble();
    return score >= -1 && score <= 1 ? score : Double.NaN;
  }
}
