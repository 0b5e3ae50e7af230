package io.nabz.rules.language;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * A step's figure over a sliding window of the events that match the step; the step is taken by an
 * event that brings the figure to the threshold.
 *
 * @param field dotted path in the event, e.g. {@code data.total}; null for count and rate
 * @param window edges included at the newer end only
 * @param atLeast the threshold; for a rate, events a minute
 */
public record Aggregate(Function function, String field, Duration window, double atLeast) {
  /** What is computed. */
  public enum Function {
    COUNT("count"),
    SUM("sum"),
    DISTINCT("distinct"),
    RATE("rate");

    private final String code;

    Function(String code) {
      this.code = code;
    }

    public String code() {
      return code;
    }
  }

  public Aggregate {
    requireNonNull(function, "function is null");
    requireNonNull(window, "window is null");
    if ((function == Function.SUM || function == Function.DISTINCT) && field == null) {
      throw new IllegalArgumentException("field is null");
    }
  }
}
