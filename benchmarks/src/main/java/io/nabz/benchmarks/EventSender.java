package io.nabz.benchmarks;

import io.nabz.model.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Puts events into the events' topic; acknowledged by the broker or failed loudly. */
final class EventSender implements AutoCloseable {
  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicReference<Exception> failure = new AtomicReference<>();

  private EventSender(String bootstrapServers, Map<String, Object> settings) {
    Map<String, Object> all = new HashMap<>(settings);
    all.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    all.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    all.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    this.producer = new KafkaProducer<>(all);
  }

  /** Sends each event at once. */
  static EventSender prompt(String bootstrapServers) {
    return new EventSender(bootstrapServers, Map.of(ProducerConfig.LINGER_MS_CONFIG, 0));
  }

  /** Sends in large batches. */
  static EventSender bulk(String bootstrapServers) {
    return new EventSender(
        bootstrapServers,
        Map.of(
            ProducerConfig.LINGER_MS_CONFIG, 20,
            ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024,
            ProducerConfig.BUFFER_MEMORY_CONFIG, 64L * 1024 * 1024));
  }

  /**
   * Sends each event when it is due, or at once when that has passed: the schedule waits for
   * nobody. Returns when the broker has all of them.
   *
   * @param from sequence of the first event to send
   * @param to sequence after the last one
   * @return events a second that were really sent
   */
  double send(List<EventGenerator.Generated> events, int from, int to, Schedule schedule) {
    long first = System.nanoTime();
    for (int sequence = from; sequence < to; sequence++) {
      awaitNanos(schedule.intendedNanos(sequence));
      if (sequence == from) {
        first = System.nanoTime();
      }
      send(events.get(sequence));
    }
    long nanos = System.nanoTime() - first;
    flush();
    // n events have n - 1 intervals between them.
    return (to - from - 1) * (double) TimeUnit.SECONDS.toNanos(1) / nanos;
  }

  void send(EventGenerator.Generated event) {
    producer.send(
        new ProducerRecord<>(Topic.EVENTS.topicName(), event.key(), event.value()),
        (metadata, e) -> {
          if (e != null) {
            failure.compareAndSet(null, e);
          }
        });
  }

  /** Returns when the broker has acknowledged everything. */
  void flush() {
    producer.flush();
    Exception e = failure.get();
    if (e != null) {
      throw new BenchException("an event could not be sent: " + e.getMessage(), e);
    }
  }

  private static void awaitNanos(long due) {
    // No spinning: on a small machine it would take a core away from what is measured.
    for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
      LockSupport.parkNanos(wait);
    }
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
  }
}
