package io.nabz.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nabz.model.Topic;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestBrokerTest {
  private final TestBroker broker = TestBroker.shared();

  @Test
  void whatWasProducedIsReadBackInOrder() {
    String topic = broker.newTopic("order", Topic.EVENTS);
    broker.produce(topic, "k", "one");
    broker.produceAll(topic, List.of("two", "three"));

    assertThat(broker.readAll(topic))
        .extracting(record -> new String(record.value(), UTF_8))
        .containsExactly("one", "two", "three");
    assertThat(broker.readUntil(topic, records -> records.size() == 3)).hasSize(3);
  }

  @Test
  void twoTopicsOfOnePrefixAreTwo() {
    assertThat(broker.newTopic("same", Topic.ALERTS))
        .isNotEqualTo(broker.newTopic("same", Topic.ALERTS));
  }

  @Test
  void waitingInVainSaysWhatWasRead() {
    String topic = broker.newTopic("vain", Topic.KPIS);
    broker.produce(topic, "k", "the only one");
    broker.readUntil(topic, Duration.ofSeconds(20), records -> records.size() == 1);
    assertThatThrownBy(
            () -> broker.readUntil(topic, Duration.ofSeconds(3), records -> records.size() == 2))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("has 1 records")
        .hasMessageContaining("the only one");
  }

  @Test
  void aMissingRecordingIsNotFoundAndSaysHowToProvideIt() {
    assertThat(RecordedData.find("no-such-recording/file.csv")).isEmpty();
    assertThat(RecordedData.missing("x.csv")).contains("x.csv").contains("NABZ_RECORDINGS");
  }
}
