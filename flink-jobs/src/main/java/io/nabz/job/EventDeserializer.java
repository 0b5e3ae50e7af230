package io.nabz.job;

import static java.util.Objects.requireNonNull;

import io.nabz.intake.EventIntake;
import io.nabz.intake.IntakeRecord;
import io.nabz.kafka.KafkaBinding;
import org.apache.flink.api.common.serialization.DeserializationSchema.InitializationContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Decodes inside the source, since only there has each partition a watermark of its own: a
 * partition that is read faster than another must not make the other's events look late.
 */
final class EventDeserializer implements KafkaRecordDeserializationSchema<IntakeRecord> {
  private static final long serialVersionUID = 1;

  private final String defaultRegion;
  private transient EventIntake intake;

  EventDeserializer(String defaultRegion) {
    this.defaultRegion = requireNonNull(defaultRegion, "defaultRegion is null");
  }

  @Override
  public void open(InitializationContext context) {
    intake = new EventIntake(defaultRegion);
    context.getMetricGroup().gauge("eventsOfUnwatchedSources", intake::unwatched);
  }

  @Override
  public void deserialize(
      ConsumerRecord<byte[], byte[]> record, Collector<IntakeRecord> collector) {
    EventIntake.Origin origin =
        () -> record.topic() + '/' + record.partition() + '/' + record.offset();
    collector.collect(
        KafkaBinding.isBinary(record)
            ? intake.read(KafkaBinding.read(record), record.value(), record.timestamp(), origin)
            : intake.read(record.value(), record.timestamp(), origin));
  }

  @Override
  public TypeInformation<IntakeRecord> getProducedType() {
    return TypeInformation.of(IntakeRecord.class);
  }
}
