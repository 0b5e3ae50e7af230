package io.nabz.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.core.message.Encoding;
import io.cloudevents.jackson.JsonFormat;
import io.cloudevents.kafka.CloudEventSerializer;
import io.nabz.intake.IntakeRecord;
import io.nabz.model.Event;
import io.nabz.model.EventDecoder;
import io.nabz.model.Topic;
import io.nabz.testkit.TestBroker;
import java.net.URI;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.api.common.serialization.DeserializationSchema.InitializationContext;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.SimpleUserCodeClassLoader;
import org.apache.flink.util.UserCodeClassLoader;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/**
 * What the producer of the CloudEvents project writes through a real broker, read as the job does.
 */
class CloudEventsKafkaIT {
  private final TestBroker broker = TestBroker.shared();

  @Test
  void bothModesOfTheOfficialProducerGiveTheSameEvent() throws Exception {
    String topic = broker.newTopic("cloudevents", Topic.EVENTS);
    CloudEvent call =
        CloudEventBuilder.v1()
            .withId("e-1")
            .withSource(URI.create("/pbx/tehran"))
            .withType("contact.initiated")
            .withTime(OffsetDateTime.parse("2026-11-22T10:15:30.123Z"))
            .withSubject("C-1024")
            .withExtension("tenant", "shop")
            .withData(
                "application/json", "{\"channel\":\"voice\",\"note\":\"سلام\"}".getBytes(UTF_8))
            .build();
    produce(topic, call, Map.of(CloudEventSerializer.ENCODING_CONFIG, Encoding.BINARY));
    produce(
        topic,
        call,
        Map.of(
            CloudEventSerializer.ENCODING_CONFIG,
            Encoding.STRUCTURED,
            CloudEventSerializer.EVENT_FORMAT_CONFIG,
            JsonFormat.CONTENT_TYPE));
    List<ConsumerRecord<byte[], byte[]>> records =
        broker.readUntil(topic, read -> read.size() == 2);
    assertThat(new String(records.get(0).value(), UTF_8)).doesNotContain("specversion");
    assertThat(new String(records.get(1).value(), UTF_8)).contains("specversion");

    List<IntakeRecord> read = new ArrayList<>();
    EventDeserializer deserializer = new EventDeserializer("IR");
    deserializer.open(new NoJob());
    for (ConsumerRecord<byte[], byte[]> record : records) {
      deserializer.deserialize(record, new ListCollector<>(read));
    }

    assertThat(read).allMatch(record -> !record.isDeadLetter());
    assertThat(read).extracting(record -> record.customerKey).containsOnly("shop/C-1024");
    assertThat(read.get(0).hash).isEqualTo(read.get(1).hash);
    Event event = EventDecoder.trusted(read.get(0).bytes);
    assertThat(event).isEqualTo(EventDecoder.trusted(read.get(1).bytes));
    assertThat(event.text("note")).isEqualTo("سلام");
  }

  private void produce(String topic, CloudEvent event, Map<String, Object> mode) throws Exception {
    CloudEventSerializer values = new CloudEventSerializer();
    values.configure(mode, false);
    Map<String, Object> settings = new HashMap<>();
    settings.put("bootstrap.servers", broker.bootstrapServers());
    settings.put("acks", "all");
    try (KafkaProducer<String, CloudEvent> producer =
        new KafkaProducer<>(settings, new StringSerializer(), values)) {
      producer.send(new ProducerRecord<>(topic, event)).get();
    }
  }

  /** What a deserializer is opened with, without a job around it. */
  private static final class NoJob implements InitializationContext {
    @Override
    public MetricGroup getMetricGroup() {
      return new UnregisteredMetricsGroup();
    }

    @Override
    public UserCodeClassLoader getUserCodeClassLoader() {
      return SimpleUserCodeClassLoader.create(getClass().getClassLoader());
    }
  }
}
