package io.nabz.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EffectLogTest {
  private final EffectLog effects = new EffectLog(3, (sequence, nanos, count) -> {});
  private final Probe copies = new CopyProbe("copies");

  @Test
  void aCompleteTopicHasNoProblems() {
    read(0);
    read(2);
    read(1);

    assertThat(Completeness.problems(copies, effects)).isEmpty();
    assertThat(effects.records()).isEqualTo(3);
  }

  @Test
  void aMissingEventIsSaid() {
    read(0);
    read(2);

    assertThat(Completeness.problems(copies, effects))
        .containsExactly("1 events are missing in copies");
  }

  @Test
  void aDoubledEventIsSaid() {
    read(0);
    read(1);
    read(1);
    read(2);

    assertThat(Completeness.problems(copies, effects)).containsExactly("1 duplicates in copies");
  }

  @Test
  void aRecordOfNoEventOfOursIsSaid() {
    read(0);
    read(1);
    read(2);
    read(3);

    assertThat(Completeness.problems(copies, effects))
        .contains("1 records of unknown events in copies");
  }

  private void read(long sequence) {
    byte[] value = ("{\"id\":\"" + SequenceId.of(sequence) + "\"}").getBytes(UTF_8);
    effects.arrived(sequence, value.length);
    copies.read(null, value, effects);
  }
}
