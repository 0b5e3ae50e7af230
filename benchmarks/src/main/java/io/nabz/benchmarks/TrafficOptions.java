package io.nabz.benchmarks;

import java.time.Duration;
import java.time.Instant;
import picocli.CommandLine.Option;

/** What the load is like, from the command line. */
final class TrafficOptions {
  @Option(
      names = "--customers",
      defaultValue = "10000",
      paramLabel = "N",
      description = "different customers (default: ${DEFAULT-VALUE})")
  int customers;

  @Option(
      names = "--all-first",
      description = "the first events go to each customer in turn, so that all are known early")
  boolean allFirst;

  @Option(
      names = "--skew",
      defaultValue = "0",
      paramLabel = "S",
      description = "0: customers drawn evenly; else the exponent of Zipf's law (default: 0)")
  double skew;

  @Option(
      names = "--seed",
      defaultValue = "42",
      paramLabel = "N",
      description = "of the generated events (default: ${DEFAULT-VALUE})")
  long seed;

  /** Throws {@link IllegalArgumentException} with a sentence when something is out of range. */
  void check() {
    traffic(Instant.EPOCH, Duration.ZERO);
  }

  Traffic traffic(Instant start, Duration step) {
    return new Traffic(customers, allFirst, skew, seed, start, step);
  }
}
