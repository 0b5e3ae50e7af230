package io.nabz.benchmarks;

import java.util.Arrays;
import org.HdrHistogram.Histogram;

/**
 * What live clients have got of a sequence of alerts: each of them every one, once and in order.
 * Phases have histograms of their own, by the sequence from which each begins.
 */
final class Deliveries implements SseFleet.Listener {
  private final Schedule schedule;
  private final long[] phases;
  private final Histogram[] histograms;
  private final long[] next;
  private long gaps;
  private long doubles;

  /**
   * @param first the sequence of the first alert after all are there
   * @param phases by their first sequence, ascending; what is before the first is not timed
   */
  Deliveries(Schedule schedule, int clients, long first, long... phases) {
    this.schedule = schedule;
    this.phases = phases.clone();
    this.histograms = new Histogram[phases.length];
    Arrays.setAll(histograms, i -> LatencyRecorder.emptyHistogram());
    this.next = new long[clients];
    Arrays.fill(next, first);
  }

  @Override
  public synchronized void alert(int client, long sequence, long nanos) {
    if (sequence < next[client]) {
      doubles++;
      return;
    }
    gaps += sequence - next[client];
    next[client] = sequence + 1;
    for (int i = phases.length - 1; i >= 0; i--) {
      if (sequence >= phases[i]) {
        histograms[i].recordValue(Math.max(0, nanos - schedule.intendedNanos(sequence)));
        return;
      }
    }
  }

  synchronized long gaps() {
    return gaps;
  }

  synchronized long doubles() {
    return doubles;
  }

  /** How many of the first clients have not got everything up to a sequence, excluded. */
  synchronized int behind(int clients, long end) {
    int behind = 0;
    for (int i = 0; i < clients; i++) {
      behind += next[i] < end ? 1 : 0;
    }
    return behind;
  }

  synchronized Histogram phase(int number) {
    return histograms[number].copy();
  }
}
