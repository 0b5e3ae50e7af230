package io.nabz.benchmarks;

import java.util.concurrent.TimeUnit;

/**
 * When a backlog's first effect, its first tenth and its last effect were read. The first tenth is
 * left out of the steady figure: the JVM is still compiling then.
 */
final class ThroughputRecorder implements EffectLog.Listener {
  private final long events;
  private final long tenth;
  private long firstNanos;
  private long firstTenthNanos;
  private long lastNanos;

  ThroughputRecorder(long events) {
    if (events < 10) {
      throw new IllegalArgumentException("events must be at least 10 but is " + events);
    }
    this.events = events;
    this.tenth = events / 10;
  }

  @Override
  public void seen(long sequence, long nanos, long count) {
    if (count == 1) {
      firstNanos = nanos;
    }
    if (count == tenth) {
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
    return perSecond(events - tenth, lastNanos - firstTenthNanos);
  }

  double seconds() {
    return (lastNanos - firstNanos) / (double) TimeUnit.SECONDS.toNanos(1);
  }

  private static double perSecond(long count, long nanos) {
    return nanos <= 0 ? Double.NaN : count * (double) TimeUnit.SECONDS.toNanos(1) / nanos;
  }
}
