package io.nabz.api.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nabz.model.Json;
import io.nabz.model.Topic;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that reads a small compacted topic of JSON objects, from its beginning at each
 * start.
 */
public final class TopicFollower implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TopicFollower.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final Duration POLL = Duration.ofMillis(250);

  private final KafkaSettings kafka;
  private final Topic topic;
  private final BiConsumer<String, ObjectNode> records;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private final Object news = new Object();
  private volatile KafkaConsumer<byte[], byte[]> consumer;
  private volatile String waitingFor = "the first contact with the broker";

  /**
   * @param records takes each record in its order; the object is null when it is taken out
   */
  public TopicFollower(KafkaSettings kafka, Topic topic, BiConsumer<String, ObjectNode> records) {
    this.kafka = requireNonNull(kafka, "kafka is null");
    this.topic = requireNonNull(topic, "topic is null");
    this.records = requireNonNull(records, "records is null");
    this.thread = new Thread(this::run, "follow-" + topic.topicName());
  }

  public void start() {
    thread.start();
  }

  /** What is still waited for, or null once all has been read that was there at the start. */
  public String waitingFor() {
    return waitingFor;
  }

  /** Waits until what was read makes it so; false when it takes too long. */
  public boolean await(BooleanSupplier isSo, Duration patience) throws InterruptedException {
    long until = System.nanoTime() + patience.toNanos();
    synchronized (news) {
      while (!isSo.getAsBoolean()) {
        long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
        if (left <= 0) {
          return false;
        }
        news.wait(left);
      }
      return true;
    }
  }

  /** Waits until all has been read that was there at the start; false when it takes too long. */
  public boolean awaitRead(Duration patience) throws InterruptedException {
    return await(() -> waitingFor == null, patience);
  }

  private void run() {
    while (closing.getCount() > 0) {
      try {
        follow();
      } catch (WakeupException | InterruptException e) {
        return;
      } catch (KafkaException e) {
        LOG.warn(
            "{} is not read, the broker does not serve it: {}", topic.topicName(), e.toString());
      } catch (RuntimeException e) {
        LOG.error("{} is not read after an unexpected failure", topic.topicName(), e);
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

  private void follow() {
    try (KafkaConsumer<byte[], byte[]> opened = new KafkaConsumer<>(properties())) {
      consumer = opened;
      List<TopicPartition> partitions =
          opened.partitionsFor(topic.topicName(), PATIENCE).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      if (partitions.isEmpty()) {
        waitingFor = "the topic " + topic.topicName();
        return;
      }
      opened.assign(partitions);
      opened.seekToBeginning(partitions);
      var ends = opened.endOffsets(partitions, PATIENCE);
      while (closing.getCount() > 0) {
        for (ConsumerRecord<byte[], byte[]> record : opened.poll(POLL)) {
          take(record);
        }
        if (waitingFor != null
            && partitions.stream().allMatch(p -> opened.position(p, PATIENCE) >= ends.get(p))) {
          waitingFor = null;
          synchronized (news) {
            news.notifyAll();
          }
        }
      }
    } finally {
      consumer = null;
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    if (record.key() == null) {
      return;
    }
    try {
      ObjectNode value =
          record.value() != null && Json.tree(record.value()) instanceof ObjectNode object
              ? object
              : null;
      synchronized (news) {
        records.accept(new String(record.key(), UTF_8), value);
        news.notifyAll();
      }
    } catch (IOException e) {
      LOG.warn("a record of {} at {} is no JSON", record.topic(), record.offset());
    }
  }

  private Properties properties() {
    Properties properties = kafka.client("nabz-api-" + topic.topicName());
    properties.put("default.api.timeout.ms", (int) PATIENCE.toMillis());
    properties.put("request.timeout.ms", (int) PATIENCE.toMillis());
    properties.put("reconnect.backoff.max.ms", (int) RETRY.toMillis());
    properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    return properties;
  }

  @Override
  public void close() {
    closing.countDown();
    KafkaConsumer<byte[], byte[]> opened = consumer;
    if (opened != null) {
      opened.wakeup();
    }
    try {
      thread.join(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
