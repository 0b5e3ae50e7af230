package io.nabz.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Takes the topic of rules as it is; what is in a record is the operator's to judge. */
final class RuleChangeDeserializer implements KafkaRecordDeserializationSchema<RuleChange> {
  private static final long serialVersionUID = 1;

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<RuleChange> out) {
    if (record.key() != null) {
      out.collect(new RuleChange(new String(record.key(), UTF_8), record.value()));
    }
  }

  @Override
  public TypeInformation<RuleChange> getProducedType() {
    return TypeInformation.of(RuleChange.class);
  }
}
