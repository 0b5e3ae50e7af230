package io.nabz.launcher.replay;

import static java.util.Objects.requireNonNull;

import io.nabz.model.CustomerKey;
import io.nabz.model.CustomerResolver;
import io.nabz.model.Event;
import io.nabz.model.Topic;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Produces to {@code nabz.events}: idempotent, acknowledged by all replicas, keyed by customer. */
public final class KafkaEventSink implements EventSink {
  private static final int CONNECT_WITHIN_MS = 15_000;

  private final KafkaProducer<byte[], byte[]> producer;
  private final CustomerResolver resolver;
  private final AtomicReference<Exception> failure = new AtomicReference<>();

  /**
   * @param lingerMs how long a batch may wait to fill: 0 for a live feed, some for bulk
   * @throws SinkFailed when no broker answers there
   */
  public KafkaEventSink(String bootstrapServers, CustomerResolver resolver, int lingerMs) {
    this.resolver = requireNonNull(resolver, "resolver is null");
    String advice =
        "no Kafka broker answers at %s; start it with ./nabz up, or name yours with"
                .formatted(bootstrapServers)
            + " --bootstrap-servers";
    try {
      this.producer =
          new KafkaProducer<>(
              Map.of(
                  ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                  bootstrapServers,
                  ProducerConfig.ACKS_CONFIG,
                  "all",
                  ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                  true,
                  ProducerConfig.COMPRESSION_TYPE_CONFIG,
                  "lz4",
                  ProducerConfig.BATCH_SIZE_CONFIG,
                  128 * 1024,
                  ProducerConfig.LINGER_MS_CONFIG,
                  lingerMs,
                  ProducerConfig.MAX_BLOCK_MS_CONFIG,
                  CONNECT_WITHIN_MS,
                  ProducerConfig.CLIENT_ID_CONFIG,
                  "nabz-replay"),
              new ByteArraySerializer(),
              new ByteArraySerializer());
    } catch (KafkaException e) {
      throw new SinkFailed(advice, e);
    }
    try {
      producer.partitionsFor(Topic.EVENTS.topicName());
    } catch (InterruptException e) {
      producer.close(java.time.Duration.ZERO);
      throw e;
    } catch (KafkaException e) {
      producer.close(java.time.Duration.ZERO);
      throw new SinkFailed(advice, e);
    }
  }

  @Override
  public void send(Event event) {
    check();
    CustomerKey customer = resolver.resolve(event);
    // Events about agents and feeds name no customer; their source keeps each feed in order.
    String key = customer == null ? event.tenant() + '/' + event.source() : customer.toString();
    try {
      producer.send(
          new ProducerRecord<>(
              Topic.EVENTS.topicName(), key.getBytes(StandardCharsets.UTF_8), event.toBytes()),
          (metadata, error) -> {
            if (error != null) {
              failure.compareAndSet(null, error);
            }
          });
    } catch (InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      throw failed(e);
    }
  }

  @Override
  public void flush() {
    producer.flush();
    check();
  }

  private void check() {
    Exception error = failure.get();
    if (error != null) {
      throw failed(error);
    }
  }

  private static SinkFailed failed(Exception error) {
    return new SinkFailed(
        "the broker did not take an event (%s); see whether it still runs, then send again: what it"
                .formatted(error.getClass().getSimpleName())
            + " has already taken changes nothing",
        error);
  }

  @Override
  public void close() {
    producer.close(java.time.Duration.ofSeconds(30));
  }
}
