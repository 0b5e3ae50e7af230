package io.nabz.launcher.replay;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How far a recording is from event-time order, and so how it is brought into it.
 *
 * @param bound for {@code WITHIN}: how much older than the newest event before it in the file an
 *     event may be; otherwise zero
 */
record Ordering(Kind kind, Duration bound) {
  /** What the order of the lines says about time. */
  enum Kind {
    /** The order of the file is kept, whatever the times: it is the order of arrival. */
    AS_WRITTEN,
    /** Out of order by no more than the bound: a queue that looks that far ahead suffices. */
    WITHIN,
    /** No relation: the whole recording is sorted first, on disk when it is large. */
    ANY
  }

  Ordering {
    requireNonNull(kind, "kind is null");
    requireNonNull(bound, "bound is null");
    if (bound.isNegative()) {
      throw new IllegalArgumentException("bound is negative");
    }
  }

  static Ordering asWritten() {
    return new Ordering(Kind.AS_WRITTEN, Duration.ZERO);
  }

  static Ordering within(Duration bound) {
    return new Ordering(Kind.WITHIN, bound);
  }

  static Ordering any() {
    return new Ordering(Kind.ANY, Duration.ZERO);
  }
}
