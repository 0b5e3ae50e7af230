package io.nabz.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EventClockTest {
  private static final long WALL = Instant.parse("2026-11-22T10:00:00Z").toEpochMilli();
  private static final long IN_1999 = Instant.parse("1999-02-01T08:00:00Z").toEpochMilli();
  private static final long ONE_HOUR = Duration.ofHours(1).toMillis();
  private static final Duration NO_GRACE = Duration.ZERO;
  private static final Duration AWAKENING = Duration.ofSeconds(2);

  @Test
  void beforeTheFirstEventThereIsNoTime() {
    EventClock clock = new EventClock(WALL, NO_GRACE, AWAKENING);
    clock.onIdle(true, WALL);

    assertThat(clock.now(WALL + ONE_HOUR)).isEqualTo(EventClock.UNKNOWN);
  }

  @Test
  void whileAFeedSpeaksTheWatermarkAloneMovesIt() {
    EventClock clock = new EventClock(WALL, NO_GRACE, AWAKENING);
    clock.onWatermark(IN_1999, WALL);

    assertThat(clock.now(WALL + ONE_HOUR)).isEqualTo(IN_1999);
  }

  @Test
  void inSilenceItGoesOnAtWallSpeedFromWhereItStood() {
    EventClock clock = new EventClock(WALL, NO_GRACE, AWAKENING);
    clock.onWatermark(IN_1999, WALL);
    clock.onIdle(true, WALL + 2_000);

    assertThat(clock.now(WALL + ONE_HOUR)).isEqualTo(IN_1999 + ONE_HOUR);
  }

  @Test
  void itNeverGoesBackWhenAFeedSpeaksAgain() {
    EventClock clock = new EventClock(WALL, NO_GRACE, AWAKENING);
    clock.onWatermark(IN_1999, WALL);
    clock.onIdle(true, WALL);
    clock.onIdle(false, WALL + ONE_HOUR);
    clock.onWatermark(IN_1999 + 5, WALL + ONE_HOUR);

    assertThat(clock.now(WALL + 2 * ONE_HOUR)).isEqualTo(IN_1999 + ONE_HOUR);
  }

  @Test
  void aRestartThatSleptThroughAnHourKnowsThatAnHourHasPassed() {
    long restart = WALL + ONE_HOUR;
    EventClock clock = new EventClock(restart, Duration.ofSeconds(5), AWAKENING);
    clock.restore(IN_1999, WALL);
    clock.onIdle(true, restart + 1_000);

    assertThat(clock.now(restart + 1_000)).as("perhaps not read yet").isEqualTo(IN_1999);
    assertThat(clock.now(restart + 5_000)).isEqualTo(IN_1999 + ONE_HOUR + 5_000);
  }

  @Test
  void theEndOfAFinishedStreamIsTheEndOfTime() {
    EventClock clock = new EventClock(WALL, NO_GRACE, AWAKENING);
    clock.onWatermark(Long.MAX_VALUE, WALL);
    clock.onIdle(true, WALL);

    assertThat(clock.now(WALL + ONE_HOUR)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void afterASilenceItRestsUntilAllFeedsHaveHadTimeToAwake() {
    EventClock clock = new EventClock(WALL, NO_GRACE, AWAKENING);
    clock.onWatermark(IN_1999, WALL);
    clock.onIdle(true, WALL);
    clock.onIdle(false, WALL);
    clock.onWatermark(IN_1999 + 5 * ONE_HOUR, WALL + 100);

    assertThat(clock.now(WALL + 1_999))
        .as("the others may still be hours behind")
        .isEqualTo(IN_1999);
    assertThat(clock.now(WALL + 2_000)).isEqualTo(IN_1999 + 5 * ONE_HOUR);
  }

  @Test
  void aFeedThatOnlySaidOneThingDoesNotHoldTheClock() {
    EventClock clock = new EventClock(WALL, NO_GRACE, AWAKENING);
    clock.onWatermark(IN_1999, WALL);
    clock.onIdle(true, WALL);
    clock.onIdle(false, WALL);
    clock.onWatermark(IN_1999 + ONE_HOUR, WALL + 100);
    clock.onIdle(true, WALL + 200);

    assertThat(clock.now(WALL + 200)).isEqualTo(IN_1999 + ONE_HOUR);
  }
}
