package io.nabz.intake;

import static io.nabz.testkit.Events.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.nabz.model.CustomerKey;
import io.nabz.model.Event;
import io.nabz.model.EventTypes;
import io.nabz.testkit.Events;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SignsOfLifeTest {
  private static final long T0 = START.toEpochMilli();

  private final SignsOfLife signs = new SignsOfLife();

  @Test
  void aSourceIsToldOfOnceInTenSecondsUpToTheirEnd() {
    SourceSign first = signs.of("default", "/pbx/tehran", T0 + 3_000);

    assertThat(first.key).isEqualTo("default/source//pbx/tehran");
    assertThat(first.atMs).isEqualTo(T0 + 10_000);
    for (int ms = 0; ms < 10_000; ms += 100) {
      assertThat(signs.of("default", "/pbx/tehran", T0 + ms)).isNull();
    }
    assertThat(signs.of("default", "/pbx/tehran", T0 + 10_000).atMs).isEqualTo(T0 + 20_000);
    assertThat(signs.of("acme", "/pbx/tehran", T0)).isNotNull();
    assertThat(signs.of("default", "/shop", T0)).isNotNull();
  }

  @Test
  void partitionsReadInTurnsAreEachToldOfOnce() {
    Set<Long> told = new TreeSet<>();
    int count = 0;
    for (int i = 0; i < 10_000; i++) {
      // Four partitions, hours apart, ten events a second each.
      SourceSign sign = signs.of("default", "/shop", T0 + (i % 4) * 10_000_000L + i * 25L);
      if (sign != null) {
        told.add(sign.atMs);
        count++;
      }
    }

    // 250 s in each of four partitions.
    assertThat(told).hasSizeBetween(100, 104);
    assertThat(count).isEqualTo(told.size());
  }

  @Test
  void whoMakesUpASourceForEachEventIsNotFollowedForEver() {
    for (int i = 0; i < SignsOfLife.MAX_SOURCES; i++) {
      assertThat(signs.of("default", "/device/" + i, T0)).isNotNull();
    }
    assertThat(signs.of("default", "/device/x", T0)).isNull();
    assertThat(signs.passedOver()).isEqualTo(1);
    assertThat(signs.of("default", "/device/3", T0 + 60_000)).as("known").isNotNull();
    assertThat(signs.of("acme", "/device/x", T0)).as("another tenant").isNotNull();

    assertThat(signs.of("default", "/device/x", T0 + 2 * 3_600_000))
        .as("the others have long said nothing")
        .isNotNull();
  }

  @Test
  void whatWeSendOurselvesIsNoFeed() {
    assertThat(signs.of("default", "/nabz/segments", T0)).isNull();
    assertThat(signs.passedOver()).isZero();
  }

  @Test
  void everyUsableEventIsASignAndRubbishIsNone() {
    EventIntake intake = new EventIntake("IR");
    Event heartbeat =
        new Event(
            CustomerKey.DEFAULT_TENANT,
            "/pbx",
            "h",
            EventTypes.SOURCE_HEARTBEAT,
            START,
            null,
            Events.data());
    IntakeRecord alive = intake.read(heartbeat.toBytes(), T0 + 40, () -> "t/0/0");
    assertThat(alive.customerKey).isNull();
    assertThat(alive.sign.key).isEqualTo("default/source//pbx");

    assertThat(intake.read(new byte[] {'x'}, T0 + 40, () -> "t/0/1").sign).isNull();
    Event ahead = Events.of("C-1").after(Duration.ofHours(1)).call("k");
    assertThat(intake.read(ahead.toBytes(), T0 + 40, () -> "t/0/2").sign.atMs)
        .as("a sender whose clock runs ahead spoke when it was heard")
        .isEqualTo(T0 + 10_000);
  }
}
