package io.nabz.api.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nabz.model.Json;
import io.nabz.model.Topic;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that reads a small compacted topic of JSON objects, from its beginning at each
 * start.
 */
public final class TopicFollower implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TopicFollower.class);
  private static final Duration POLL = Duration.ofMillis(250);

  private final Topic topic;
  private final BiConsumer<String, ObjectNode> records;
  private final ConsumerLoop loop;
  private final Object news = new Object();
  private volatile String waitingFor = "the first contact with the broker";

  /**
   * @param records takes each record in its order; the object is null when it is taken out
   */
  public TopicFollower(KafkaSettings kafka, Topic topic, BiConsumer<String, ObjectNode> records) {
    this.topic = requireNonNull(topic, "topic is null");
    this.records = requireNonNull(records, "records is null");
    this.loop =
        new ConsumerLoop(
            kafka,
            "nabz-api-" + topic.topicName(),
            Map.of(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"),
            this::follow);
  }

  public void start() {
    loop.start();
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

  private void follow(KafkaConsumer<byte[], byte[]> consumer) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic.topicName(), ConsumerLoop.PATIENCE).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    if (partitions.isEmpty()) {
      waitingFor = "the topic " + topic.topicName();
      return;
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    var ends = consumer.endOffsets(partitions, ConsumerLoop.PATIENCE);
    while (loop.isOpen()) {
      // Before the first poll too, which waits while the topic is empty; and many wait for this.
      if (waitingFor != null
          && partitions.stream()
              .allMatch(p -> consumer.position(p, ConsumerLoop.PATIENCE) >= ends.get(p))) {
        waitingFor = null;
        synchronized (news) {
          news.notifyAll();
        }
      }
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        take(record);
      }
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

  @Override
  public void close() {
    loop.close();
  }
}
