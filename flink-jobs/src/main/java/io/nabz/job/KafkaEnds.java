package io.nabz.job;

import io.nabz.intake.IntakeRecord;
import io.nabz.model.SnapshotHeaders;
import io.nabz.model.Topic;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The job's ends in Kafka. */
final class KafkaEnds {
  private KafkaEnds() {}

  static KafkaSource<IntakeRecord> events(JobOptions options) {
    Properties properties = new Properties();
    // Else each event is a request of its own, which costs job and broker as much as a quarter of
    // what is done about the event.
    properties.setProperty(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, "4096");
    properties.setProperty(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "5");
    properties.putAll(options.kafkaProperties());
    return KafkaSource.<IntakeRecord>builder()
        .setProperties(properties)
        .setBootstrapServers(options.bootstrapServers())
        .setTopics(Topic.EVENTS.topicName())
        .setGroupId(options.groupId())
        // Only without a checkpoint; after that its offsets are the truth.
        .setStartingOffsets(OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST))
        .setDeserializer(new EventDeserializer(options.policy().defaultRegion()))
        .setProperty("partition.discovery.interval.ms", "30000")
        .setProperty(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "2000")
        .build();
  }

  /** Few and small, and each is to take effect at once. */
  static KafkaSource<RuleChange> rules(JobOptions options) {
    Properties properties = new Properties();
    properties.putAll(options.kafkaProperties());
    return KafkaSource.<RuleChange>builder()
        .setProperties(properties)
        .setBootstrapServers(options.bootstrapServers())
        .setTopics(Topic.RULES.topicName(), Topic.RULE_SEEDS.topicName())
        .setGroupId(options.groupId())
        .setStartingOffsets(new RuleOffsets())
        .setDeserializer(new RuleChangeDeserializer())
        .setProperty(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "100")
        .build();
  }

  /**
   * At least once: a transactional sink would hold every alert back until the next checkpoint.
   * Readers tell repeats by alert id and snapshot version.
   */
  static KafkaSink<Outbound> sink(JobOptions options, Topic topic) {
    return sink(options, topic.topicName());
  }

  /**
   * The same for records that name their topic: one producer for all of them sends what belongs to
   * one event in one request, where a producer for each topic would send as many.
   */
  static KafkaSink<Outbound> sink(JobOptions options) {
    return sink(options, (String) null);
  }

  private static KafkaSink<Outbound> sink(JobOptions options, String topic) {
    Properties properties = new Properties();
    // What belongs to one event, and to those right after it, goes in one request: a request for
    // each record costs producer and broker more than the job needs to make it.
    properties.setProperty(ProducerConfig.LINGER_MS_CONFIG, "5");
    properties.setProperty(ProducerConfig.BATCH_SIZE_CONFIG, "131072");
    properties.putAll(options.kafkaProperties());
    properties.setProperty(ProducerConfig.ACKS_CONFIG, "all");
    // At a low rate each record is a batch of its own, for which lz4 allocates two buffers of 64
    // KiB.
    properties.setProperty(ProducerConfig.COMPRESSION_TYPE_CONFIG, "snappy");
    return KafkaSink.<Outbound>builder()
        .setBootstrapServers(options.bootstrapServers())
        .setKafkaProducerConfig(properties)
        .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
        .setRecordSerializer(new Serializer(topic))
        .build();
  }

  private static final class Serializer implements KafkaRecordSerializationSchema<Outbound> {
    private static final long serialVersionUID = 1;

    /** Null where each record names its own. */
    private final String onlyTopic;

    Serializer(String onlyTopic) {
      this.onlyTopic = onlyTopic;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
        Outbound record, KafkaSinkContext context, Long timestamp) {
      String topic = onlyTopic == null ? record.topic : onlyTopic;
      ProducerRecord<byte[], byte[]> out = new ProducerRecord<>(topic, record.key, record.value);
      if (record.headers != null) {
        record.headers.forEach(
            (name, value) -> out.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
      }
      if (record.underWay != null) {
        out.headers().add(SnapshotHeaders.UNDER_WAY, record.underWay);
      }
      return out;
    }
  }
}
