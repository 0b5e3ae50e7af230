package io.nabz.benchmarks.rules;

import java.util.concurrent.CountDownLatch;
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
  private final CountDownLatch starting;
  private volatile long startNanos;
  private volatile long sent;

  private RulesMeter(RulesLoad load, int operators) {
    this.load = load;
    this.starting = new CountDownLatch(operators);
  }

  /**
   * @param operators that match; the events begin when all of them are ready
   */
  static RulesMeter begin(RulesLoad load, int operators) {
    current = new RulesMeter(load, operators);
    return current;
  }

  static RulesMeter current() {
    return current;
  }

  /** One of those that match can take events. */
  void ready() {
    starting.countDown();
  }

  /** Waits until all are ready: what a start takes is nobody's figure. */
  long start() throws InterruptedException {
    if (!starting.await(1, TimeUnit.MINUTES)) {
      throw new IllegalStateException("the job does not start; is the machine too busy?");
    }
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
