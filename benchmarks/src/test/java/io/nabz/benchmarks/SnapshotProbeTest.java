package io.nabz.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.nabz.model.FlagCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SnapshotProbeTest {
  private static final byte[] KEY = "default/C-1".getBytes(UTF_8);

  private final EffectLog effects = new EffectLog(10, (sequence, nanos, count) -> {});
  private final SnapshotProbe probe = new SnapshotProbe();

  @BeforeEach
  void send() {
    for (int i = 0; i < 10; i++) {
      probe.sent(KEY, i);
    }
  }

  @Test
  void oneSnapshotMayShowSeveralEvents() {
    read("b-2", "b-1", "b-0");

    assertThat(effects.count()).isEqualTo(3);
  }

  @Test
  void whatAFullJourneyNoLongerShowsCountsByTheVersion() {
    read("b-0");
    readVersion(6 * 256, "b-5", "b-4", "b-3");
    assertThat(effects.count()).as("b-1 and b-2 too").isEqualTo(6);

    readVersion(7 * 256, "b-7", "b-5");
    assertThat(effects.effect(6)).as("identity held b-6 up").isTrue();
    assertThat(effects.effect(7)).isFalse();
  }

  @Test
  void anEventSeenBeforeIsNoDouble() {
    read("b-0");
    read("b-1", "b-0");

    assertThat(effects.count()).isEqualTo(2);
    assertThat(effects.duplicates()).isZero();
  }

  @Test
  void eventsThatStandElsewhereThanInTheJourneyAreNotTaken() {
    byte[] value = "{\"alerts\":[{\"eventId\":\"b-4\"}],\"history\":{}}".getBytes(UTF_8);
    effects.arrived(1, value.length);
    probe.read(KEY, value, effects);

    assertThat(effects.count()).isZero();
  }

  @Test
  void flagsAreThoseOfTheNewestSnapshot() {
    readFlags("{\"code\":\"VIP\",\"severity\":\"info\"},{\"code\":\"DETRACTOR\"}");
    readFlags("{\"code\":\"DETRACTOR\",\"evidence\":[\"]\"]}");
    assertThat(probe.flagsThatHold())
        .containsExactly(new AlertProbe.Raised(FlagCode.DETRACTOR.ruleId(), "C-1"));

    readFlags("");
    assertThat(probe.flagsThatHold()).isEmpty();
  }

  private void readFlags(String flags) {
    byte[] value = ("{\"flags\":[" + flags + "],\"version\":0}").getBytes(UTF_8);
    effects.arrived(1, value.length);
    probe.read(KEY, value, effects);
  }

  private void read(String... eventIds) {
    readVersion(0, eventIds);
  }

  private void readVersion(long version, String... eventIds) {
    StringBuilder json =
        new StringBuilder("{\"version\":" + version + ",\"history\":{\"journey\":[");
    for (String eventId : eventIds) {
      json.append("{\"eventId\":\"").append(eventId).append("\"},");
    }
    json.setLength(json.length() - 1);
    byte[] value = json.append("]}}").toString().getBytes(UTF_8);
    effects.arrived(1, value.length);
    probe.read(KEY, value, effects);
  }
}
