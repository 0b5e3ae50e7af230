package io.nabz.benchmarks;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Times from the intended sending of an event to its first effect, in ns, warm-up left out. */
final class LatencyRecorder implements EffectLog.Listener {
  private static final long HIGHEST_NANOS = TimeUnit.HOURS.toNanos(1);
  private static final int SIGNIFICANT_DIGITS = 3;

  private final Histogram histogram = emptyHistogram();

  /** Null while warming up. */
  private volatile Schedule schedule;

  /** From now on it counts; to be called before the first measured event is sent. */
  void measure(Schedule measured) {
    schedule = requireNonNull(measured, "measured is null");
  }

  static Histogram emptyHistogram() {
    return new Histogram(HIGHEST_NANOS, SIGNIFICANT_DIGITS);
  }

  @Override
  public void seen(long sequence, long nanos, long count) {
    Schedule measured = schedule;
    if (measured != null && measured.isMeasured(sequence)) {
      histogram.recordValue(nanos - measured.intendedNanos(sequence));
    }
  }

  /** To be asked when the reading has ended. */
  Histogram histogram() {
    return histogram;
  }
}
