package io.nabz.api.intake;

import io.nabz.api.kafka.KafkaSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The event log in Kafka: acknowledged by all in-sync replicas, or an error within seconds. */
public final class KafkaEventLog implements EventLog, AutoCloseable {
  private static final Duration DELIVERY = Duration.ofSeconds(10);
  private static final Duration REQUEST = Duration.ofSeconds(4);

  /** How long a send may wait for metadata or memory; a request gives up after one such wait. */
  private static final Duration BLOCK = Duration.ofSeconds(2);

  private static final int LINGER_MS = 2;

  private final KafkaProducer<byte[], byte[]> producer;

  public KafkaEventLog(KafkaSettings kafka) {
    Properties properties = kafka.client("nabz-api-intake");
    properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    properties.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MS);
    properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 64 << 10);
    properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 64L << 20);
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, BLOCK.toMillis());
    properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) REQUEST.toMillis());
    properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) DELIVERY.toMillis());
    properties.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
    // Quiet topics stay known, so that the first event after a pause does not wait.
    properties.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, Duration.ofDays(1).toMillis());
    this.producer = new KafkaProducer<>(properties);
  }

  @Override
  public CompletableFuture<Void> append(List<Outgoing> records) {
    CompletableFuture<Void> kept = new CompletableFuture<>();
    AtomicInteger left = new AtomicInteger(records.size());
    AtomicReference<Exception> failure = new AtomicReference<>();
    if (records.isEmpty()) {
      kept.complete(null);
    }
    for (Outgoing record : records) {
      if (failure.get() != null) {
        // The rest would wait as long for the same answer.
        break;
      }
      try {
        producer.send(
            producerRecord(record),
            (metadata, error) -> {
              if (error != null) {
                failure.compareAndSet(null, error);
                kept.completeExceptionally(new UnavailableException(error));
              } else if (left.decrementAndGet() == 0) {
                kept.complete(null);
              }
            });
      } catch (KafkaException | IllegalStateException e) {
        failure.compareAndSet(null, e);
        kept.completeExceptionally(new UnavailableException(e));
      }
    }
    return kept;
  }

  private static ProducerRecord<byte[], byte[]> producerRecord(Outgoing record) {
    ProducerRecord<byte[], byte[]> out =
        new ProducerRecord<>(
            record.topic().topicName(),
            record.key().getBytes(StandardCharsets.UTF_8),
            record.value());
    record
        .headers()
        .forEach((name, value) -> out.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
    return out;
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
  }
}
