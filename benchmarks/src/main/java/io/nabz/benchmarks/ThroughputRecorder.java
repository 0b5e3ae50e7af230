package io.nabz.benchmarks;

import java.util.concurrent.TimeUnit;

/**
 * When a backlog's first measured effect, the first tenth of them and the last were read. The first
 * tenth is left out of the steady figure: the JVM is still compiling then, unless a warm-up came
 * before.
 */
final class ThroughputRecorder implements EffectLog.Listener {
  private final long warmup;
  private final long events;
  private Runnable whenWarm = () -> {};
  private long firstNanos;
  private long firstTenthNanos;
  private long lastNanos;

  /**
   * @param warmup so many effects come before those that are measured
   * @param events so many are measured
   */
  ThroughputRecorder(long warmup, long events) {
    if (warmup < 0 || events < 10) {
      throw new IllegalArgumentException(
          "warmup must be at least 0 and events 10 but they are " + warmup + " and " + events);
    }
    this.warmup = warmup;
    this.events = events;
  }

  /** Runs on the reading thread when the last effect of the warm-up has been read. */
  void whenWarm(Runnable action) {
    whenWarm = action;
  }

  @Override
  public void seen(long sequence, long nanos, long count) {
    if (warmup > 0 && count == warmup) {
      whenWarm.run();
    }
    if (count == warmup + 1) {
      firstNanos = nanos;
    }
    if (count == warmup + events / 10) {
      firstTenthNanos = nanos;
    }
    lastNanos = nanos;
  }

  /** Events a second from the first to the last effect; NaN when the time is too short to tell. */
  double totalPerSecond() {
    return perSecond(events, lastNanos - firstNanos);
  }

  /** The same from 10 % to 100 %. */
  double steadyPerSecond() {
    return perSecond(events - events / 10, lastNanos - firstTenthNanos);
  }

  double seconds() {
    return (lastNanos - firstNanos) / (double) TimeUnit.SECONDS.toNanos(1);
  }

  private static double perSecond(long count, long nanos) {
    return nanos <= 0 ? Double.NaN : count * (double) TimeUnit.SECONDS.toNanos(1) / nanos;
  }
}
