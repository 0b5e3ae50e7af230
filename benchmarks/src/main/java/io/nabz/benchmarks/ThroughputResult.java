package io.nabz.benchmarks;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;

/**
 * One contender's way through a backlog.
 *
 * @param taken from when the job could begin on a backlog that was complete to the last effect read
 * @param records read from the main output, and their bytes
 * @param stateBytes of a canonical savepoint after the last effect; 0 without a job
 * @param cpu of the job's JVM in that time
 */
record ThroughputResult(
    Contender contender,
    int round,
    long events,
    Duration taken,
    long records,
    long bytes,
    long stateBytes,
    Duration cpu,
    List<String> problems) {
  ThroughputResult {
    requireNonNull(contender, "contender is null");
    requireNonNull(taken, "taken is null");
    requireNonNull(cpu, "cpu is null");
    problems = List.copyOf(problems);
  }

  static ThroughputResult failed(Contender contender, int round, long events, String problem) {
    return new ThroughputResult(
        contender, round, events, Duration.ZERO, 0, 0, 0, Duration.ZERO, List.of(problem));
  }

  boolean ok() {
    return problems.isEmpty();
  }

  double seconds() {
    return taken.toNanos() / 1e9;
  }

  double perSecond() {
    return events / seconds();
  }

  double recordsPerSecond() {
    return records / seconds();
  }

  double mebibytesPerSecond() {
    return bytes / seconds() / (1 << 20);
  }
}
