package io.nabz.backtest;

import io.nabz.model.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The kept events up to where they ended when it was opened, in the order in which the broker had
 * them, whatever partitions they lie in. For one thread.
 */
final class History implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Duration POLL = Duration.ofMillis(100);

  /** A partition that is so far ahead of the others is not read on for the while. */
  private static final int MAX_AHEAD = 4_000;

  /** One partition with what was read of it and not yet given out. */
  private static final class Lane {
    final TopicPartition partition;
    final long end;
    final Deque<ConsumerRecord<byte[], byte[]>> read = new ArrayDeque<>();
    boolean ended;
    boolean paused;

    Lane(TopicPartition partition, long end) {
      this.partition = partition;
      this.end = end;
    }
  }

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<TopicPartition, Lane> lanes = new HashMap<>();
  private final PriorityQueue<Lane> heads =
      new PriorityQueue<>(
          Comparator.<Lane>comparingLong(lane -> lane.read.peek().timestamp())
              .thenComparingInt(lane -> lane.partition.partition()));
  private long total;

  /** Lanes that have nothing to give out and have not ended. */
  private int hungry;

  /**
   * @param kafka settings of the client
   * @param since records that the broker had before are left out
   */
  History(Properties kafka, Instant since) {
    Properties properties = new Properties();
    properties.putAll(kafka);
    properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2_000);
    properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 8 << 20);
    properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 512 << 10);
    this.consumer = new KafkaConsumer<>(properties);
    try {
      seek(since);
    } catch (RuntimeException e) {
      consumer.close();
      throw e;
    }
  }

  private void seek(Instant since) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(Topic.EVENTS.topicName(), PATIENCE).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    Map<TopicPartition, Long> asked = new HashMap<>();
    partitions.forEach(partition -> asked.put(partition, Math.max(0, since.toEpochMilli())));
    Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(asked, PATIENCE);
    Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions, PATIENCE);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, PATIENCE);
    for (TopicPartition partition : partitions) {
      OffsetAndTimestamp at = found.get(partition);
      long end = ends.get(partition);
      long start = at == null ? end : Math.max(at.offset(), beginnings.get(partition));
      Lane lane = new Lane(partition, end);
      lanes.put(partition, lane);
      consumer.seek(partition, start);
      total += Math.max(0, end - start);
      lane.ended = start >= end;
      hungry += lane.ended ? 0 : 1;
    }
    consumer.pause(lanes.values().stream().filter(l -> l.ended).map(l -> l.partition).toList());
  }

  /** How many records there are, roughly. */
  long total() {
    return total;
  }

  /**
   * The next record; null at the end, or when none has come for a while.
   *
   * @see #hasEnded
   */
  ConsumerRecord<byte[], byte[]> next() {
    if (hungry > 0) {
      fill();
    }
    if (hungry > 0 || heads.isEmpty()) {
      return null;
    }
    Lane lane = heads.poll();
    ConsumerRecord<byte[], byte[]> record = lane.read.poll();
    if (!lane.read.isEmpty()) {
      heads.add(lane);
    } else if (!lane.ended) {
      hungry++;
    }
    if (lane.paused && lane.read.size() < MAX_AHEAD / 2 && !lane.ended) {
      lane.paused = false;
      consumer.resume(List.of(lane.partition));
    }
    return record;
  }

  boolean hasEnded() {
    return hungry == 0 && heads.isEmpty();
  }

  private void fill() {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
      Lane lane = lanes.get(new TopicPartition(record.topic(), record.partition()));
      if (record.offset() < lane.end) {
        if (lane.read.isEmpty()) {
          hungry--;
          lane.read.add(record);
          heads.add(lane);
        } else {
          lane.read.add(record);
        }
      }
    }
    List<TopicPartition> pause = new ArrayList<>();
    for (Lane lane : lanes.values()) {
      if (!lane.ended && consumer.position(lane.partition, PATIENCE) >= lane.end) {
        lane.ended = true;
        hungry -= lane.read.isEmpty() ? 1 : 0;
        pause.add(lane.partition);
      } else if (!lane.paused && lane.read.size() > MAX_AHEAD) {
        lane.paused = true;
        pause.add(lane.partition);
      }
    }
    consumer.pause(pause);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
