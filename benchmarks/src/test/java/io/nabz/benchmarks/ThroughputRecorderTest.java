package io.nabz.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ThroughputRecorderTest {
  @Test
  void whatCameBeforeTheMeasuredEffectsIsNotInTheFigures() {
    ThroughputRecorder recorder = new ThroughputRecorder(100, 1_000);
    AtomicInteger warm = new AtomicInteger();
    recorder.whenWarm(warm::incrementAndGet);

    // Slow as long as it is cold: one a second, then one a millisecond.
    read(recorder, 1, 100, TimeUnit.SECONDS.toNanos(1));
    read(recorder, 101, 1_100, TimeUnit.MILLISECONDS.toNanos(1));

    assertThat(warm).hasValue(1);
    assertThat(recorder.seconds()).isEqualTo(0.999);
    assertThat(recorder.totalPerSecond()).isBetween(1_000.0, 1_002.0);
    assertThat(recorder.steadyPerSecond()).isBetween(999.0, 1_001.0);
  }

  @Test
  void withoutAWarmupAllIsMeasured() {
    ThroughputRecorder recorder = new ThroughputRecorder(0, 1_000);
    AtomicInteger warm = new AtomicInteger();
    recorder.whenWarm(warm::incrementAndGet);

    read(recorder, 1, 1_000, TimeUnit.MILLISECONDS.toNanos(1));

    assertThat(warm).hasValue(0);
    assertThat(recorder.seconds()).isEqualTo(0.999);
  }

  private long nowNanos;

  private void read(ThroughputRecorder recorder, int first, int last, long stepNanos) {
    for (int count = first; count <= last; count++) {
      nowNanos += stepNanos;
      recorder.seen(count - 1, nowNanos, count);
    }
  }
}
