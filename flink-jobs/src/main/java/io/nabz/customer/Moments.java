package io.nabz.customer;

import com.fasterxml.jackson.databind.JsonNode;
import io.nabz.model.Event;
import io.nabz.model.Rfc3339;
import java.time.DateTimeException;
import java.time.Instant;

/** Moments of which zero is none. */
final class Moments {
  /** 9999-12-31: later moments are nonsense, and would overflow when durations are added. */
  private static final long LAST_MS = 253_402_300_799_999L;

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
      long at = Rfc3339.parse(node.asText()).toEpochMilli();
      return at < 0 || at > LAST_MS ? 0 : at;
    } catch (DateTimeException | ArithmeticException e) {
      return 0;
    }
  }

  static Instant instantOrNull(long at) {
    return at == 0 ? null : Instant.ofEpochMilli(at);
  }
}
