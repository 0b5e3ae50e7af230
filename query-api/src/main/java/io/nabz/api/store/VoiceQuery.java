package io.nabz.api.store;

import java.time.Duration;
import java.time.Instant;

/**
 * Of which period the customers' voice is asked for.
 *
 * @param from included; null for a week before the end
 * @param to excluded; null for the end of the newest day in which anything was said
 */
public record VoiceQuery(Instant from, Instant to) {
  static final Duration USUAL = Duration.ofDays(7);
  private static final Duration LONGEST = Duration.ofDays(366);

  public VoiceQuery {
    if (from != null && to != null) {
      if (!from.isBefore(to)) {
        throw new IllegalArgumentException("from: send a time before to");
      }
      if (Duration.between(from, to).compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException("from: send a period of 366 days at most");
      }
    }
  }
}
