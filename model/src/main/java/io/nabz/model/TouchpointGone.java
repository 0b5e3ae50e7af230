package io.nabz.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * Stands in the timeline's topic for a touchpoint that turned out to be somebody else's.
 *
 * @param takenBack always true; what a reader tells it from a touchpoint by
 */
public record TouchpointGone(String eventId, Instant time, boolean takenBack) {
  public TouchpointGone {
    requireNonNull(eventId, "eventId is null");
    requireNonNull(time, "time is null");
    if (!takenBack) {
      throw new IllegalArgumentException("takenBack must be true");
    }
  }
}
