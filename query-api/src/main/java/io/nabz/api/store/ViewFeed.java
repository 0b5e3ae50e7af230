package io.nabz.api.store;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import io.nabz.api.kafka.ConsumerLoop;
import io.nabz.api.kafka.KafkaSettings;
import io.nabz.model.SnapshotHeaders;
import io.nabz.model.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.header.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that reads the topics into the views. It has no consumer group: every API reads
 * all partitions and keeps its own offsets.
 */
public final class ViewFeed implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ViewFeed.class);
  private static final List<Topic> TOPICS =
      List.of(Topic.SNAPSHOTS, Topic.ALERTS, Topic.ALERT_ACTIONS, Topic.TIMELINE, Topic.KPIS);
  private static final Duration POLL = Duration.ofMillis(250);

  /** Those who want to know of changes; called by the feed's thread, in order. */
  public interface Listener {
    void onChanges(ViewChanges changes);

    void onRebuilt(Topic topic);
  }

  /** What has to be known before anything is taken up. */
  @FunctionalInterface
  public interface Precondition {
    /** Waits for it; false when it takes longer than that. */
    boolean await(Duration patience) throws InterruptedException;
  }

  private final ViewStore store;
  private final Precondition ready;
  private final Listener listener;
  private final ConsumerLoop loop;
  private final AtomicLong unreadable = new AtomicLong();
  private volatile String waitingFor = "the first contact with the broker";

  public ViewFeed(KafkaSettings kafka, ViewStore store, Precondition ready, Listener listener) {
    this.store = requireNonNull(store, "store is null");
    this.ready = requireNonNull(ready, "ready is null");
    this.listener = requireNonNull(listener, "listener is null");
    this.loop =
        new ConsumerLoop(
            kafka,
            "nabz-api-views",
            Map.of(
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1_000,
                // A watcher's latency is bought with requests: the broker answers with the first
                // byte it has.
                ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1),
            this::follow);
  }

  public void start() {
    loop.start();
  }

  /** What the views still wait for, or null once they had all that was there at the start. */
  public String waitingFor() {
    return waitingFor;
  }

  /** How many records held nothing of the vocabulary. */
  public long unreadable() {
    return unreadable.get();
  }

  private void follow(KafkaConsumer<byte[], byte[]> consumer) {
    try {
      Map<TopicPartition, Topic> partitions = isReady() ? partitions() : Map.of();
      if (!partitions.isEmpty()) {
        follow(consumer, partitions);
      }
    } catch (ViewDatabase.StoreClosedException e) {
      loop.end();
    }
  }

  /** Goes on waiting: to begin anew would cost another consumer and the pause before it. */
  private boolean isReady() {
    try {
      while (loop.isOpen()) {
        if (ready.await(ConsumerLoop.RETRY)) {
          return true;
        }
      }
      return false;
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private void follow(
      KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Topic> partitions) {
    consumer.assign(partitions.keySet());
    partitions.forEach((partition, topic) -> seek(consumer, partition, topic));
    Map<TopicPartition, Long> ends =
        consumer.endOffsets(partitions.keySet(), ConsumerLoop.PATIENCE);
    while (loop.isOpen()) {
      try {
        apply(consumer.poll(POLL), partitions);
        passTime();
        if (waitingFor != null) {
          waitingFor = distance(consumer, ends);
        }
      } catch (OffsetOutOfRangeException e) {
        e.offsetOutOfRangePartitions()
            .forEach((partition, offset) -> recover(consumer, partitions, partition, offset));
      }
    }
  }

  /** The partitions of all topics; empty while one of them is not there. */
  private Map<TopicPartition, Topic> partitions() {
    Map<TopicPartition, Topic> partitions = new HashMap<>();
    try (Admin admin = Admin.create(loop.clientProperties())) {
      for (Topic topic : TOPICS) {
        TopicDescription description =
            admin
                .describeTopics(List.of(topic.topicName()))
                .allTopicNames()
                .get()
                .get(topic.topicName());
        rebuildIfMadeAnew(topic, description.topicId().toString());
        description
            .partitions()
            .forEach(
                p -> partitions.put(new TopicPartition(topic.topicName(), p.partition()), topic));
      }
      return partitions;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        waitingFor =
            TOPICS.stream().map(Topic::topicName).collect(joining(", ", "the topics ", ""));
        return Map.of();
      }
      throw new TimeoutException("cannot ask the broker for the topics", e.getCause());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private void rebuildIfMadeAnew(Topic topic, String id) {
    String known = store.topicId(topic).orElse(null);
    if (id.equals(known)) {
      return;
    }
    if (known != null) {
      LOG.warn("{} is another topic than before; its view is built anew", topic.topicName());
      rebuild(topic);
    }
    store.setTopicId(topic, id);
  }

  private void rebuild(Topic topic) {
    store.rebuild(topic);
    listener.onRebuilt(topic);
  }

  private void seek(KafkaConsumer<?, ?> opened, TopicPartition partition, Topic topic) {
    OptionalLong next = store.offset(topic, partition.partition());
    if (next.isPresent()) {
      opened.seek(partition, next.getAsLong());
    } else {
      opened.seekToBeginning(List.of(partition));
      if (topic == Topic.SNAPSHOTS) {
        Long end = opened.endOffsets(List.of(partition), ConsumerLoop.PATIENCE).get(partition);
        store.segmentsAreQuietUntil(partition.partition(), end);
      }
    }
  }

  private void recover(
      KafkaConsumer<?, ?> opened,
      Map<TopicPartition, Topic> partitions,
      TopicPartition partition,
      long offset) {
    long beginning =
        opened
            .beginningOffsets(List.of(partition), ConsumerLoop.PATIENCE)
            .getOrDefault(partition, 0L);
    if (offset < beginning) {
      // Retention took what lies between; what the view has from before is still true.
      LOG.warn("{} begins at {} now; the view goes on from there", partition, beginning);
      opened.seek(partition, beginning);
      return;
    }
    Topic topic = partitions.get(partition);
    LOG.warn("{} ends before {}; the view is built anew", partition, offset);
    rebuild(topic);
    partitions.forEach((other, otherTopic) -> seek(opened, other, otherTopic));
  }

  private void passTime() {
    store.passSegmentTime();
    List<AlertChange> woken = store.wake();
    if (!woken.isEmpty()) {
      listener.onChanges(ViewChanges.ofAlerts(woken));
    }
  }

  private void apply(
      ConsumerRecords<byte[], byte[]> polled, Map<TopicPartition, Topic> partitions) {
    if (polled.isEmpty()) {
      return;
    }
    List<ViewRecord> records = new ArrayList<>(polled.count());
    for (ConsumerRecord<byte[], byte[]> record : polled) {
      records.add(
          new ViewRecord(
              partitions.get(new TopicPartition(record.topic(), record.partition())),
              record.partition(),
              record.offset(),
              record.key(),
              record.value(),
              underWay(record)));
    }
    ViewChanges changes = store.apply(records);
    unreadable.addAndGet(changes.unreadable());
    listener.onChanges(changes);
  }

  private static byte[] underWay(ConsumerRecord<byte[], byte[]> record) {
    Header header = record.headers().lastHeader(SnapshotHeaders.UNDER_WAY);
    return header == null ? null : header.value();
  }

  private static String distance(KafkaConsumer<?, ?> opened, Map<TopicPartition, Long> ends) {
    long left = 0;
    for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
      left += Math.max(0, end.getValue() - opened.position(end.getKey(), ConsumerLoop.PATIENCE));
    }
    return left == 0 ? null : left + " records";
  }

  @Override
  public void close() {
    loop.close();
  }
}
