package io.nabz.benchmarks;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads one topic from its beginning in a thread of its own. A record counts as readable when the
 * poll that brought it has returned.
 */
final class OutputReader implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final int FETCH_BUFFER_BYTES = 1 << 20;

  private final String bootstrapServers;
  private final Probe probe;
  private final EffectLog effects;
  private final Thread thread;
  private volatile boolean stopped;
  private volatile Throwable failure;

  private OutputReader(String bootstrapServers, Probe probe, EffectLog effects) {
    this.bootstrapServers = bootstrapServers;
    this.probe = requireNonNull(probe, "probe is null");
    this.effects = requireNonNull(effects, "effects is null");
    this.thread = new Thread(this::run, "bench-read-" + probe.topic());
    this.thread.setDaemon(true);
  }

  static OutputReader start(String bootstrapServers, Probe probe, EffectLog effects) {
    OutputReader reader = new OutputReader(bootstrapServers, probe, effects);
    reader.thread.start();
    return reader;
  }

  Probe probe() {
    return probe;
  }

  EffectLog effects() {
    return effects;
  }

  void checkHealth() {
    if (failure != null) {
      throw new BenchException(
          "reading " + probe.topic() + " failed: " + failure.getMessage(), failure);
    }
  }

  private void run() {
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(probe.topic()).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (!stopped) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        long now = System.nanoTime();
        for (ConsumerRecord<byte[], byte[]> record : records) {
          effects.arrived(now, record.value() == null ? 0 : record.value().length);
          probe.read(record.key(), record.value(), effects);
        }
      }
    } catch (Throwable e) {
      failure = e;
    }
  }

  private Map<String, Object> settings() {
    return Map.of(
        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
        bootstrapServers,
        ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
        ByteArrayDeserializer.class,
        ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
        ByteArrayDeserializer.class,
        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
        false,
        ConsumerConfig.RECEIVE_BUFFER_CONFIG,
        FETCH_BUFFER_BYTES);
  }

  /** Stops reading; the log and the probe may be asked for everything afterwards. */
  @Override
  public void close() {
    stopped = true;
    try {
      thread.join(TimeUnit.SECONDS.toMillis(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
