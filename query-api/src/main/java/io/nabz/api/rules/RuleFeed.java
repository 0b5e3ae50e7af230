package io.nabz.api.rules;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nabz.api.kafka.KafkaSettings;
import io.nabz.model.Json;
import io.nabz.model.Topic;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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

/** The one thread that reads the topic of rules, from its beginning at each start. */
final class RuleFeed implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RuleFeed.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final Duration POLL = Duration.ofMillis(250);

  private final KafkaSettings kafka;
  private final RuleRecords records;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "nabz-rules");
  private final Object news = new Object();
  private volatile KafkaConsumer<byte[], byte[]> consumer;
  private volatile String waitingFor = "the first contact with the broker";

  RuleFeed(KafkaSettings kafka, RuleRecords records) {
    this.kafka = requireNonNull(kafka, "kafka is null");
    this.records = requireNonNull(records, "records is null");
  }

  void start() {
    thread.start();
  }

  /** What is still waited for, or null once all has been read that was there at the start. */
  String waitingFor() {
    return waitingFor;
  }

  /** Waits until that version of the rule has been read back; false when it takes too long. */
  boolean await(String key, int version, Duration patience) throws InterruptedException {
    long until = System.nanoTime() + patience.toNanos();
    synchronized (news) {
      while (records.newest(key).map(r -> r.path("version").asInt()).orElse(-1) < version) {
        long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
        if (left <= 0) {
          return false;
        }
        news.wait(left);
      }
      return true;
    }
  }

  private void run() {
    while (closing.getCount() > 0) {
      try {
        follow();
      } catch (WakeupException | InterruptException e) {
        return;
      } catch (KafkaException e) {
        LOG.warn("the rules are not read, the broker does not serve them: {}", e.toString());
      } catch (RuntimeException e) {
        LOG.error("the rules are not read after an unexpected failure", e);
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
          opened.partitionsFor(Topic.RULES.topicName(), PATIENCE).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      if (partitions.isEmpty()) {
        waitingFor = "the topic " + Topic.RULES.topicName();
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
      ObjectNode rule =
          record.value() != null && Json.tree(record.value()) instanceof ObjectNode object
              ? object
              : null;
      synchronized (news) {
        records.take(new String(record.key(), UTF_8), rule);
        news.notifyAll();
      }
    } catch (IOException e) {
      LOG.warn("a record of {} at {} is no rule", record.topic(), record.offset());
    }
  }

  private Properties properties() {
    Properties properties = kafka.client("nabz-api-rules");
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
