package io.nabz.benchmarks;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;

/**
 * One contender's way through a backlog.
 *
 * @param seconds from the first to the last effect read
 * @param records read from the main output, and their bytes
 * @param stateBytes of a canonical savepoint after the last effect; 0 without a job
 * @param cpu of the job's JVM from its start to the last effect
 */
record ThroughputResult(
    Contender contender,
    int round,
    long events,
    double seconds,
    double steadyPerSecond,
    double totalPerSecond,
    long records,
    long bytes,
    long stateBytes,
    Duration cpu,
    List<String> problems) {
  ThroughputResult {
    requireNonNull(contender, "contender is null");
    requireNonNull(cpu, "cpu is null");
    problems = List.copyOf(problems);
  }

  static ThroughputResult failed(Contender contender, int round, long events, String problem) {
    return new ThroughputResult(
        contender,
        round,
        events,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        0,
        0,
        0,
        Duration.ZERO,
        List.of(problem));
  }

  boolean ok() {
    return problems.isEmpty();
  }

  double recordsPerSecond() {
    return records / seconds;
  }

  double mebibytesPerSecond() {
    return bytes / seconds / (1 << 20);
  }
}
