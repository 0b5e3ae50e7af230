package io.nabz.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Rfc3339Test {
  @Test
  void alwaysWritesThreeDigitsOfASecond() {
    assertThat(Rfc3339.format(Instant.parse("2026-11-22T10:15:30Z")))
        .isEqualTo("2026-11-22T10:15:30.000Z");
    assertThat(Rfc3339.format(Instant.parse("1969-12-31T23:59:59.9Z")))
        .isEqualTo("1969-12-31T23:59:59.900Z");
    assertThat(Rfc3339.format(Instant.parse("2000-02-29T00:00:00.001Z")))
        .isEqualTo("2000-02-29T00:00:00.001Z");
  }

  @Test
  void readsBackAsTheSameMillisecond() {
    long seed = 1999;
    Random random = new Random(seed);
    long from = Instant.parse("0000-01-01T00:00:00Z").toEpochMilli();
    long to = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();
    for (int i = 0; i < 200_000; i++) {
      Instant instant = Instant.ofEpochMilli(random.nextLong(from, to));
      assertThat(Instant.parse(Rfc3339.format(instant))).as("seed %d", seed).isEqualTo(instant);
    }
  }

  @Test
  void yearsThatTheFormatDoesNotKnowAreStillReadable() {
    Instant far = Instant.parse("+12000-01-01T00:00:00Z");

    assertThat(Instant.parse(Rfc3339.format(far))).isEqualTo(far);
  }
}
