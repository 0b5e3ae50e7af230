package io.nabz.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nabz.intake.BinaryEvent;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * The Kafka binding of CloudEvents in binary mode: attributes as UTF-8 in headers, the data as the
 * value.
 *
 * @see <a
 *     href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md">Kafka
 *     Protocol Binding for CloudEvents</a>
 */
public final class KafkaBinding {
  private static final String PREFIX = "ce_";
  private static final String SPEC_VERSION = PREFIX + "specversion";
  private static final String CONTENT_TYPE = "content-type";

  private KafkaBinding() {}

  /** Structured events, nearly all there are, have no such header and cost one look. */
  public static boolean isBinary(ConsumerRecord<byte[], byte[]> record) {
    return record.headers().lastHeader(SPEC_VERSION) != null;
  }

  public static BinaryEvent read(ConsumerRecord<byte[], byte[]> record) {
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

  /** The same record in structured form, or null when no event can be made of it. */
  public static ConsumerRecord<byte[], byte[]> structured(ConsumerRecord<byte[], byte[]> record) {
    byte[] value = read(record).structured();
    return value == null
        ? null
        : new ConsumerRecord<>(
            record.topic(),
            record.partition(),
            record.offset(),
            record.timestamp(),
            record.timestampType(),
            record.serializedKeySize(),
            value.length,
            record.key(),
            value,
            record.headers(),
            record.leaderEpoch());
  }
}
