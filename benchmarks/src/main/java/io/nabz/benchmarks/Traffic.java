package io.nabz.benchmarks;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;

/**
 * What the events are like. The same traffic is the same bytes, on any machine.
 *
 * @param customers how many different ones
 * @param allFirst whether the first events go to each of them in turn, so that all are known early
 * @param skew 0 for customers drawn evenly; else the exponent of Zipf's law, 1 being the usual one
 * @param seed of all that is drawn
 * @param start time of the first event
 * @param step between the times of two events
 */
record Traffic(
    int customers, boolean allFirst, double skew, long seed, Instant start, Duration step) {
  Traffic {
    if (customers < 1 || customers > 50_000_000) {
      throw new IllegalArgumentException("customers must be 1 to 50000000 but is " + customers);
    }
    if (!(skew >= 0 && skew <= 3)) {
      throw new IllegalArgumentException("skew must be 0 to 3 but is " + skew);
    }
    requireNonNull(start, "start is null");
    requireNonNull(step, "step is null");
  }
}
