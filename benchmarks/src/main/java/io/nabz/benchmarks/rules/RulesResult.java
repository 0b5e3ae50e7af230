package io.nabz.benchmarks.rules;

/** One matcher with so many patterns over so many events. */
record RulesResult(String matcher, int patterns, long events, double seconds, long matches) {
  double perSecond() {
    return events / seconds;
  }
}
