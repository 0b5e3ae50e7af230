package io.nabz.benchmarks;

/**
 * When each event is meant to be sent. Latency is counted from here and not from when the sender
 * got round to it, so a stall is charged to every event it held up (no coordinated omission).
 *
 * @param startNanos of {@link System#nanoTime()}, when event 0 is due
 * @param ratePerSecond events a second, evenly spaced
 * @param warmupEvents the first ones, which are sent and checked but not counted
 * @param measuredEvents those after them
 */
public record Schedule(long startNanos, int ratePerSecond, long warmupEvents, long measuredEvents) {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  public Schedule {
    if (ratePerSecond < 1 || ratePerSecond > 1_000_000) {
      throw new IllegalArgumentException(
          "rate must be 1 to 1000000 events/s but is " + ratePerSecond);
    }
    if (warmupEvents < 0 || measuredEvents < 1) {
      throw new IllegalArgumentException("there must be at least one event after the warm-up");
    }
  }

  public static Schedule of(long startNanos, int ratePerSecond, int warmupSeconds, int seconds) {
    return new Schedule(
        startNanos,
        ratePerSecond,
        (long) ratePerSecond * warmupSeconds,
        (long) ratePerSecond * seconds);
  }

  public long events() {
    return warmupEvents + measuredEvents;
  }

  /** The same with event 0 due then. */
  public Schedule from(long nanos) {
    return new Schedule(nanos, ratePerSecond, warmupEvents, measuredEvents);
  }

  /** The same with the first measured event due then, whatever the warm-up took. */
  public Schedule measuredFrom(long nanos) {
    long shift = nanos - intendedNanos(warmupEvents);
    return new Schedule(startNanos + shift, ratePerSecond, warmupEvents, measuredEvents);
  }

  public long intendedNanos(long sequence) {
    // In two parts: sequence * 10^9 would overflow after 2^33 events.
    return startNanos
        + sequence / ratePerSecond * NANOS_PER_SECOND
        + sequence % ratePerSecond * NANOS_PER_SECOND / ratePerSecond;
  }

  public boolean isMeasured(long sequence) {
    return sequence >= warmupEvents;
  }
}
