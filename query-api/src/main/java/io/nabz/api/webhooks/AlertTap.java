package io.nabz.api.webhooks;

import static java.util.Objects.requireNonNull;

import io.nabz.api.kafka.ConsumerLoop;
import io.nabz.api.kafka.KafkaSettings;
import io.nabz.model.Alert;
import io.nabz.model.CustomerKey;
import io.nabz.model.Json;
import io.nabz.model.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears of alerts on behalf of the webhooks. The replicas share the partitions, so each alert is
 * taken up by one; its place is committed only when what it led to is kept.
 */
final class AlertTap implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AlertTap.class);
  private static final String GROUP = "nabz-api-webhooks";
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration KEEP = Duration.ofSeconds(15);

  /** A killed replica's partitions are another's after this. */
  private static final int SESSION_MS = 10_000;

  private final BiFunction<String, Alert, CompletableFuture<?>> taker;
  private final ConsumerLoop loop;
  private volatile boolean following;

  /**
   * @param taker is given tenant and alert; complete when what it leads to is kept
   */
  AlertTap(KafkaSettings kafka, BiFunction<String, Alert, CompletableFuture<?>> taker) {
    this.taker = requireNonNull(taker, "taker is null");
    this.loop =
        new ConsumerLoop(
            kafka,
            "nabz-api-webhooks",
            Map.of(
                ConsumerConfig.GROUP_ID_CONFIG, GROUP,
                ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_MS,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest"),
            this::follow);
  }

  void start() {
    loop.start();
  }

  /** Whether it has partitions to follow; another replica may have them all. */
  boolean isFollowing() {
    return following;
  }

  private void follow(KafkaConsumer<byte[], byte[]> consumer) {
    try {
      consumer.subscribe(List.of(Topic.ALERTS.topicName()), new Assigned(consumer));
      while (loop.isOpen()) {
        ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
        if (!polled.isEmpty()) {
          take(polled);
          consumer.commitSync(ConsumerLoop.PATIENCE);
        }
      }
    } finally {
      following = false;
    }
  }

  private void take(ConsumerRecords<byte[], byte[]> polled) {
    List<CompletableFuture<?>> kept = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : polled) {
      if (record.value() == null || record.key() == null) {
        continue;
      }
      try {
        CustomerKey key = CustomerKey.parse(new String(record.key(), StandardCharsets.UTF_8));
        kept.add(taker.apply(key.tenant(), Json.read(record.value(), Alert.class)));
      } catch (IOException | IllegalArgumentException | NullPointerException e) {
        // Another producer's record; the views count and name it.
        LOG.debug("{}/{} is no alert", record.partition(), record.offset());
      }
    }
    try {
      CompletableFuture.allOf(kept.toArray(CompletableFuture[]::new))
          .get(KEEP.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } catch (Exception e) {
      // Not committed, so read again; a delivery that was kept keeps its id.
      throw new KafkaException("what waits for webhooks cannot be kept", e);
    }
  }

  /** A group that is new begins now: webhooks are told of what happens, not of what has. */
  private final class Assigned implements ConsumerRebalanceListener {
    private final KafkaConsumer<?, ?> opened;

    Assigned(KafkaConsumer<?, ?> opened) {
      this.opened = opened;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      Map<TopicPartition, OffsetAndMetadata> places = new HashMap<>();
      for (TopicPartition partition : partitions) {
        places.put(
            partition, new OffsetAndMetadata(opened.position(partition, ConsumerLoop.PATIENCE)));
      }
      if (!places.isEmpty()) {
        opened.commitSync(places, ConsumerLoop.PATIENCE);
        following = true;
      }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      following = false;
    }
  }

  @Override
  public void close() {
    loop.close();
  }
}
