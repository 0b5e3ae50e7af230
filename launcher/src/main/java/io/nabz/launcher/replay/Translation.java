package io.nabz.launcher.replay;

import io.nabz.model.Event;
import java.util.List;

/**
 * What one line of a recording came to: events, or the reason why it gives none.
 *
 * @param events in no particular order; empty unless {@code kind} is {@code EVENTS}
 * @param reason one sentence without values of the line, since those may be personal; null for
 *     {@code EVENTS} and {@code SILENT}
 */
record Translation(Kind kind, List<Event> events, String reason) {
  /** How a line was taken. */
  enum Kind {
    EVENTS,
    /** Understood and deliberately without events, e.g. a row that was no call. */
    LEFT_OUT,
    /** Not understood. */
    REFUSED,
    /** Not a record at all: a header, an empty line. */
    SILENT
  }

  static Translation of(List<Event> events) {
    return new Translation(Kind.EVENTS, List.copyOf(events), null);
  }

  static Translation leftOut(String reason) {
    return new Translation(Kind.LEFT_OUT, List.of(), reason);
  }

  static Translation refused(String reason) {
    return new Translation(Kind.REFUSED, List.of(), reason);
  }

  static Translation silent() {
    return new Translation(Kind.SILENT, List.of(), null);
  }
}
