package io.nabz.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class LatencyRecorderTest {
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  /** The histogram keeps three digits. */
  private static final Offset<Long> ONE_IN_A_THOUSAND = within(MILLI / 100);

  /** 10 events of warm-up, 10 measured, one each millisecond. */
  private final Schedule schedule = new Schedule(0, 1_000, 10, 10);

  private final LatencyRecorder recorder = new LatencyRecorder();
  private final EffectLog effects = new EffectLog(schedule.events(), recorder);

  @Test
  void theWarmUpIsSeenButNotCounted() {
    for (int sequence = 0; sequence < 10; sequence++) {
      arrive(sequence, schedule.intendedNanos(sequence) + 900 * MILLI);
    }
    Schedule late = schedule.measuredFrom(schedule.intendedNanos(10) + 5_000 * MILLI);
    recorder.measure(late);
    for (int sequence = 10; sequence < 20; sequence++) {
      arrive(sequence, late.intendedNanos(sequence) + 2 * MILLI);
    }

    assertThat(effects.isComplete()).isTrue();
    assertThat(recorder.histogram().getTotalCount()).isEqualTo(10);
    assertThat(recorder.histogram().getMaxValue()).isCloseTo(2 * MILLI, ONE_IN_A_THOUSAND);
  }

  @Test
  void aStallIsChargedToEveryEventItHeldUp() {
    recorder.measure(schedule);
    // All ten come out at once when the last is due: they waited 9, 8 ... 0 ms.
    for (int sequence = 10; sequence < 20; sequence++) {
      arrive(sequence, schedule.intendedNanos(19));
    }

    Histogram histogram = recorder.histogram();
    assertThat(histogram.getMaxValue()).isCloseTo(9 * MILLI, ONE_IN_A_THOUSAND);
    assertThat(histogram.getValueAtPercentile(50)).isCloseTo(4 * MILLI, ONE_IN_A_THOUSAND);
  }

  @Test
  void onlyTheFirstEffectOfAnEventIsTimed() {
    recorder.measure(schedule);
    arrive(15, schedule.intendedNanos(15) + MILLI);
    arrive(15, schedule.intendedNanos(15) + 50 * MILLI);

    assertThat(recorder.histogram().getTotalCount()).isEqualTo(1);
    assertThat(recorder.histogram().getMaxValue()).isCloseTo(MILLI, ONE_IN_A_THOUSAND);
  }

  private void arrive(long sequence, long nanos) {
    effects.arrived(nanos, 400);
    effects.effect(sequence);
  }
}
