package io.nabz.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.nabz.intake.BinaryEvent;
import io.nabz.intake.EventIntake;
import io.nabz.intake.IntakeRecord;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.api.common.serialization.DeserializationSchema.InitializationContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Decodes inside the source, since only there has each partition a watermark of its own: a
 * partition that is read faster than another must not make the other's events look late.
 */
final class EventDeserializer implements KafkaRecordDeserializationSchema<IntakeRecord> {
  private static final long serialVersionUID = 1;

  private static final String PREFIX = "ce_";
  private static final String SPEC_VERSION = PREFIX + "specversion";
  private static final String CONTENT_TYPE = "content-type";

  private final String defaultRegion;
  private transient EventIntake intake;

  EventDeserializer(String defaultRegion) {
    this.defaultRegion = requireNonNull(defaultRegion, "defaultRegion is null");
  }

  @Override
  public void open(InitializationContext context) {
    intake = new EventIntake(defaultRegion);
  }

  @Override
  public void deserialize(
      ConsumerRecord<byte[], byte[]> record, Collector<IntakeRecord> collector) {
    EventIntake.Origin origin =
        () -> record.topic() + '/' + record.partition() + '/' + record.offset();
    // Structured events, nearly all there are, have no such header and cost one look.
    collector.collect(
        record.headers().lastHeader(SPEC_VERSION) == null
            ? intake.read(record.value(), record.timestamp(), origin)
            : intake.read(binary(record), record.value(), record.timestamp(), origin));
  }

  /** The Kafka binding of CloudEvents: attributes as UTF-8 in headers, the data as the value. */
  private static BinaryEvent binary(ConsumerRecord<byte[], byte[]> record) {
    Map<String, String> attributes = new LinkedHashMap<>();
    String contentType = null;
    for (Header header : record.headers()) {
      String name = header.key().toLowerCase(Locale.ROOT);
      if (header.value() == null) {
        continue;
      }
      if (name.startsWith(PREFIX)) {
        attributes.put(name.substring(PREFIX.length()), new String(header.value(), UTF_8));
      } else if (name.equals(CONTENT_TYPE)) {
        contentType = new String(header.value(), UTF_8);
      }
    }
    return BinaryEvent.of(attributes, contentType, record.value());
  }

  @Override
  public TypeInformation<IntakeRecord> getProducedType() {
    return TypeInformation.of(IntakeRecord.class);
  }
}
