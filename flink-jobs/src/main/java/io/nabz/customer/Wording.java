package io.nabz.customer;

import com.fasterxml.jackson.databind.JsonNode;
import io.nabz.model.Event;
import io.nabz.model.EventTypes;

/** What in an event are the customer's own words, and whether somebody has read them already. */
public final class Wording {
  private Wording() {}

  /** The customer's own words, or null when there are none. */
  static String words(Event event) {
    return EventTypes.OWN_WORDS.contains(event.type()) ? Sentiments.text(event) : null;
  }

  /** Words whose sentiment nobody has told yet, or null. */
  public static String toRead(Event event) {
    return Double.isNaN(upstream(event)) ? words(event) : null;
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
