package io.nabz.customer;

import com.fasterxml.jackson.databind.JsonNode;
import io.nabz.model.Event;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Moments of which zero is none. */
final class Moments {
  private Moments() {}

  /** The earlier of two moments. */
  static long earlier(long a, long b) {
    return a == 0 || b == 0 ? Math.max(a, b) : Math.min(a, b);
  }

  /** The moment that a field of the event names, RFC 3339, or zero. */
  static long of(Event event, String field) {
    JsonNode node = event.data().get(field);
    if (node == null || !node.isTextual()) {
      return 0;
    }
    try {
      return OffsetDateTime.parse(node.asText()).toInstant().toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      return 0;
    }
  }

  static Instant instantOrNull(long at) {
    return at == 0 ? null : Instant.ofEpochMilli(at);
  }
}
