package io.nabz.benchmarks.rules;

/**
 * One matcher with so many patterns over so many events.
 *
 * @param p50Ms from when an event was due to the match that it completes; 0 when none was timed
 */
record RulesResult(
    RulesJob.Matcher matcher,
    int patterns,
    long events,
    double seconds,
    long matches,
    double p50Ms,
    double p99Ms) {
  double perSecond() {
    return events / seconds;
  }
}
