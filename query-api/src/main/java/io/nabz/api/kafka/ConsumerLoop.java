package io.nabz.api.kafka;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread with a Kafka consumer. After a failure it begins anew with another consumer, a second
 * later, until it is closed.
 */
public final class ConsumerLoop implements AutoCloseable {
  /** How long an answer of the broker is waited for. */
  public static final Duration PATIENCE = Duration.ofSeconds(5);

  /** How long after a failure it begins anew. */
  public static final Duration RETRY = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(ConsumerLoop.class);

  /** What to do with a consumer for as long as the loop {@link #isOpen}. */
  @FunctionalInterface
  public interface Work {
    /** Returns early to be called again a little later. */
    void follow(KafkaConsumer<byte[], byte[]> consumer);
  }

  private final KafkaSettings kafka;
  private final String name;
  private final Map<String, Object> settings;
  private final Work work;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private volatile KafkaConsumer<byte[], byte[]> consumer;

  /**
   * @param name of the thread and, to the broker, of the client
   * @param settings of the consumer, over those that all of ours have
   */
  public ConsumerLoop(KafkaSettings kafka, String name, Map<String, Object> settings, Work work) {
    this.kafka = requireNonNull(kafka, "kafka is null");
    this.name = requireNonNull(name, "name is null");
    this.settings = Map.copyOf(settings);
    this.work = requireNonNull(work, "work is null");
    this.thread = new Thread(this::run, name);
  }

  public void start() {
    thread.start();
  }

  public boolean isOpen() {
    return closing.getCount() > 0;
  }

  /** Ends it from within the work; whoever closes it still has to. */
  public void end() {
    closing.countDown();
  }

  /** For an admin client beside the consumer. */
  public Properties clientProperties() {
    Properties properties = kafka.client(name);
    properties.put("default.api.timeout.ms", (int) PATIENCE.toMillis());
    properties.put("request.timeout.ms", (int) PATIENCE.toMillis());
    properties.put("reconnect.backoff.max.ms", (int) RETRY.toMillis());
    return properties;
  }

  private void run() {
    while (isOpen()) {
      try (KafkaConsumer<byte[], byte[]> opened = new KafkaConsumer<>(consumerProperties())) {
        consumer = opened;
        work.follow(opened);
      } catch (WakeupException | InterruptException e) {
        return;
      } catch (KafkaException e) {
        LOG.warn("{} pauses, the broker does not serve it: {}", name, e.toString());
      } catch (RuntimeException e) {
        LOG.error("{} pauses after an unexpected failure", name, e);
      } finally {
        consumer = null;
      }
      try {
        if (closing.await(RETRY.toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private Properties consumerProperties() {
    Properties properties = clientProperties();
    properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    properties.putAll(settings);
    return properties;
  }

  /** Waits for the end of what is under way, and interrupts it if it takes too long. */
  @Override
  public void close() {
    closing.countDown();
    KafkaConsumer<byte[], byte[]> opened = consumer;
    if (opened != null) {
      opened.wakeup();
    }
    try {
      thread.join(PATIENCE.toMillis());
      if (thread.isAlive()) {
        thread.interrupt();
        thread.join(PATIENCE.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
