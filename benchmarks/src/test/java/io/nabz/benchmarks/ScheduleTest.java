package io.nabz.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final long START = 5_000;

  @Test
  void eventsAreDueEvenlyFromTheStart() {
    Schedule schedule = Schedule.of(START, 1_000, 1, 2);

    assertThat(schedule.intendedNanos(0)).isEqualTo(START);
    assertThat(schedule.intendedNanos(1)).isEqualTo(START + TimeUnit.MILLISECONDS.toNanos(1));
    assertThat(schedule.intendedNanos(2_500))
        .isEqualTo(START + TimeUnit.MILLISECONDS.toNanos(2_500));
  }

  @Test
  void aRateThatDoesNotDivideASecondDoesNotDrift() {
    Schedule schedule = Schedule.of(START, 3, 0, 1);

    assertThat(schedule.intendedNanos(1)).isEqualTo(START + 333_333_333L);
    // 3 events a second for a million seconds.
    assertThat(schedule.intendedNanos(3_000_000L))
        .isEqualTo(START + TimeUnit.SECONDS.toNanos(1_000_000));
  }

  @Test
  void onlyEventsAfterTheWarmUpAreMeasured() {
    Schedule schedule = Schedule.of(START, 100, 2, 1);

    assertThat(schedule.events()).isEqualTo(300); // (2 s + 1 s) * 100/s
    assertThat(schedule.isMeasured(199)).isFalse();
    assertThat(schedule.isMeasured(200)).isTrue();
  }

  @Test
  void aRunThatWouldMeasureNothingIsRefused() {
    assertThatThrownBy(() -> Schedule.of(START, 100, 2, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Schedule.of(START, 0, 2, 1))
        .hasMessageContaining("rate must be 1 to 1000000");
  }
}
