package io.nabz.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nabz.model.Topic;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Takes the topics of rules and seeds as they are; what is in a record is the operator's to judge.
 */
final class RuleChangeDeserializer implements KafkaRecordDeserializationSchema<RuleChange> {
  private static final long serialVersionUID = 1;

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<RuleChange> out) {
    if (record.key() != null) {
      RuleChange change = new RuleChange(new String(record.key(), UTF_8), record.value());
      change.seed = record.topic().equals(Topic.RULE_SEEDS.topicName());
      out.collect(change);
    }
  }

  @Override
  public TypeInformation<RuleChange> getProducedType() {
    return TypeInformation.of(RuleChange.class);
  }
}
