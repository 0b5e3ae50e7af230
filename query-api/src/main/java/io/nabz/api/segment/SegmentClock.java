package io.nabz.api.segment;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * When a call happened by our clock. A device's clock may be wrong, but the time between the call
 * and its sending is right on it: so much before its arrival it happened.
 *
 * @param receivedAt by our clock
 * @param sentAt by the device's clock; null if it does not say
 */
public record SegmentClock(Instant receivedAt, Instant sentAt) {
  /** A longer wait is a clock at its own beginning, and says nothing. */
  private static final Duration MAX_AGE = Duration.ofDays(3650);

  /** The time of a call, or null when what it gives is no time. */
  Instant timeOf(JsonNode call) {
    JsonNode given = call.hasNonNull("timestamp") ? call.get("timestamp") : null;
    if (given == null && call.hasNonNull("originalTimestamp")) {
      given = call.get("originalTimestamp");
    }
    if (given == null) {
      return receivedAt;
    }
    Instant saidAt = time(given);
    Instant sent = call.hasNonNull("sentAt") ? time(call.get("sentAt")) : sentAt;
    if (saidAt == null || sent == null) {
      return saidAt;
    }
    Duration age = Duration.between(saidAt, sent);
    // A call that was "sent before it was made" has two clocks in it; it cannot be newer than now.
    if (age.isNegative()) {
      return receivedAt;
    }
    return age.compareTo(MAX_AGE) > 0 ? saidAt : receivedAt.minus(age);
  }

  /** RFC 3339, or null for anything else. */
  public static Instant time(JsonNode value) {
    try {
      return value.isTextual() ? OffsetDateTime.parse(value.textValue()).toInstant() : null;
    } catch (DateTimeException e) {
      return null;
    }
  }
}
