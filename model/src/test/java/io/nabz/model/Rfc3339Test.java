package io.nabz.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
      assertThat(Rfc3339.parse(Rfc3339.format(instant))).as("seed %d", seed).isEqualTo(instant);
    }
  }

  @Test
  void yearsThatTheFormatDoesNotKnowAreStillReadable() {
    Instant far = Instant.parse("+12000-01-01T00:00:00Z");

    assertThat(Instant.parse(Rfc3339.format(far))).isEqualTo(far);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-22T10:15:30Z",
        "2026-11-22T10:15:30.1Z",
        "2026-11-22T10:15:30.123456789Z",
        "1969-12-31T23:59:59.999999Z",
        "2026-11-22T13:45:30+03:30",
        "2026-11-22T00:15:30.5-11:00",
        "2024-02-29T10:15:30Z",
        "2000-02-29T23:59:59.999+18:00",
        "2026-12-31T23:59:59Z",
        "2026-11-22T10:15:30.Z",
        "2026-11-22T10:15Z"
      })
  void readsAnyRfc3339TimeAsTheJdkDoesButToTheMillisecond(String text) {
    assertThat(Rfc3339.parse(text))
        .isEqualTo(OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MILLIS));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026-11-22",
        "2026-11-22T10:15:30",
        "2026-11-22 10:15:30Z",
        "2026-13-22T10:15:30Z",
        "2026-02-30T10:15:30Z",
        "2025-02-29T10:15:30Z",
        "2026-11-31T10:15:30Z",
        "2026-11-00T10:15:30Z",
        "2026-11-22T24:15:30Z",
        "2026-11-22T10:60:30Z",
        "2026-11-22T10:15:3xZ",
        "2026-11-22T10:15:30.1234567890Z",
        "2026-11-22T10:15:30ZZ",
        "2026-11-22T10:15:30+0330",
        "2026-11-22T10:15:30*03:30",
        "2026-11-22T10:15:30+19:00",
        "2026-11-22T10:15:30+03:60",
        "۲۰۲۶-11-22T10:15:30Z"
      })
  void refusesWhatTheJdkRefuses(String text) {
    assertThatThrownBy(() -> OffsetDateTime.parse(text)).isInstanceOf(DateTimeException.class);
    assertThatThrownBy(() -> Rfc3339.parse(text)).isInstanceOf(DateTimeException.class);
  }
}
