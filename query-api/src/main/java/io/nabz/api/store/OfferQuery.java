package io.nabz.api.store;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;

/**
 * Which offers, and what counts as their effect.
 *
 * @param from of the time at which an offer was due, included; null for all that is kept
 * @param to excluded; null for up to now
 * @param window how long after it an order still counts
 */
public record OfferQuery(Instant from, Instant to, Duration window) {
  public static final Duration USUAL_WINDOW = Duration.ofDays(7);
  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofDays(90);

  public OfferQuery {
    requireNonNull(window, "window is null");
    if (from != null && to != null && !from.isBefore(to)) {
      throw new IllegalArgumentException("from: send a time before to");
    }
    if (window.compareTo(SHORTEST) < 0 || window.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("window: send 1m to 90d, e.g. 7d");
    }
  }
}
