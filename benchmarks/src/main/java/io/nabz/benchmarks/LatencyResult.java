package io.nabz.benchmarks;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * One output of one contender in one round.
 *
 * @param sentPerSecond what the sender really reached
 * @param histogram in ns from the intended sending, warm-up left out
 * @param problems in sentences; a row with problems has no figures to show
 */
record LatencyResult(
    Contender contender,
    String probe,
    int round,
    double sentPerSecond,
    Histogram histogram,
    List<String> problems) {
  LatencyResult {
    requireNonNull(contender, "contender is null");
    requireNonNull(probe, "probe is null");
    requireNonNull(histogram, "histogram is null");
    problems = List.copyOf(problems);
  }

  static LatencyResult failed(Contender contender, int round, String problem) {
    return new LatencyResult(
        contender, "-", round, Double.NaN, LatencyRecorder.emptyHistogram(), List.of(problem));
  }

  boolean ok() {
    return problems.isEmpty();
  }
}
