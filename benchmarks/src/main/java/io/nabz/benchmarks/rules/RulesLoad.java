package io.nabz.benchmarks.rules;

import java.io.Serializable;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How events come: all at once, or one by one at their times.
 *
 * @param traffic the events
 * @param perSecond 0 for as fast as they are taken
 * @param skipped at the start are not counted among the latencies
 * @param measured after these are
 * @param after keeps events coming, so that the clock of event time goes on
 * @param maxEvents of all
 */
record RulesLoad(
    RulesTraffic traffic,
    int perSecond,
    Duration skipped,
    Duration measured,
    Duration after,
    long maxEvents)
    implements Serializable {
  private static final int PATIENCE = 2;

  /** A backlog, worked off for that long or until it is at its end. */
  static RulesLoad backlog(int customers, Duration time, long maxEvents) {
    return new RulesLoad(
        new RulesTraffic(customers, 1000), 0, Duration.ZERO, time, Duration.ZERO, maxEvents);
  }

  /** Events at their times; those of the middle part are timed. */
  static RulesLoad paced(
      int customers, int perSecond, Duration skipped, Duration measured, Duration after) {
    return new RulesLoad(
        new RulesTraffic(customers, perSecond),
        perSecond,
        skipped,
        measured,
        after,
        Long.MAX_VALUE);
  }

  boolean isPaced() {
    return perSecond > 0;
  }

  /** When the event is due, from the start on; of a backlog at once. */
  long dueNanos(long number) {
    return isPaced() ? TimeUnit.SECONDS.toNanos(number) / perSecond : 0;
  }

  /**
   * Whether there is no such event any more, so much time after the start. What is due before the
   * end is sent however late, or the slow would be timed on less; but not for ever.
   */
  boolean isOver(long number, long sinceStartNanos) {
    long end = all().toNanos();
    return number >= maxEvents
        || (isPaced()
            ? dueNanos(number) >= end || sinceStartNanos >= PATIENCE * end
            : sinceStartNanos >= end);
  }

  boolean isTimed(long number) {
    long due = dueNanos(number);
    return isPaced() && due >= skipped.toNanos() && due < skipped.plus(measured).toNanos();
  }

  private Duration all() {
    return skipped.plus(measured).plus(after);
  }
}
