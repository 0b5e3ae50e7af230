package io.nabz.benchmarks.rules;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** What one run counts. The job runs in this process, so its functions find the current one. */
final class RulesMeter {
  private static final int SIGNIFICANT_DIGITS = 3;
  private static volatile RulesMeter current;

  private final RulesLoad load;
  private final LongAdder matches = new LongAdder();
  private final Histogram latencies =
      new ConcurrentHistogram(TimeUnit.HOURS.toNanos(1), SIGNIFICANT_DIGITS);
  private final AtomicLong endNanos = new AtomicLong(Long.MIN_VALUE);
  private volatile long startNanos;
  private volatile long sent;

  private RulesMeter(RulesLoad load) {
    this.load = load;
  }

  static RulesMeter begin(RulesLoad load) {
    current = new RulesMeter(load);
    return current;
  }

  static RulesMeter current() {
    return current;
  }

  long start() {
    startNanos = System.nanoTime();
    return startNanos;
  }

  void sent(long events) {
    sent = events;
  }

  /**
   * @param number of the event that completed it
   */
  void matched(long number) {
    matches.increment();
    if (load.isTimed(number)) {
      long nanos = System.nanoTime() - startNanos - load.dueNanos(number);
      latencies.recordValue(Math.max(0, nanos));
    }
  }

  /** A matcher has come to the end of its input; the last one counts. */
  void ended() {
    endNanos.accumulateAndGet(System.nanoTime(), Math::max);
  }

  RulesResult result(RulesJob.Matcher matcher, int patterns) {
    double seconds = (endNanos.get() - startNanos) / 1e9;
    return new RulesResult(
        matcher,
        patterns,
        sent,
        seconds,
        matches.sum(),
        latencies.getValueAtPercentile(50) / 1e6,
        latencies.getValueAtPercentile(99) / 1e6);
  }
}
