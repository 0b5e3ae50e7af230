package io.nabz.api.warm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.nabz.api.intake.EventLog;
import io.nabz.api.intake.Outgoing;
import io.nabz.api.kafka.ConsumerLoop;
import io.nabz.api.kafka.KafkaSettings;
import io.nabz.model.Topic;
import io.nabz.warm.WarmMessage;
import io.nabz.warm.WarmStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What is said in the topic of seeds and what is heard there; for one thread at a time. */
final class WarmTalk implements AutoCloseable {
  private static final TopicPartition SEEDS = new TopicPartition(Topic.RULE_SEEDS.topicName(), 0);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final int IN_FLIGHT = 500;

  private final EventLog log;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<CompletableFuture<Void>> inFlight = new ArrayList<>();

  /**
   * The answer of all instances.
   *
   * @param isComplete whether each has answered
   * @param reason what one of them had to say, or null
   */
  record Answer(boolean isComplete, String reason) {}

  /** Hears what is said from now on. */
  WarmTalk(KafkaSettings kafka, EventLog log) {
    this.log = requireNonNull(log, "log is null");
    Properties properties = kafka.client("nabz-api-warm-start");
    properties.put("default.api.timeout.ms", (int) ConsumerLoop.PATIENCE.toMillis());
    properties.put("request.timeout.ms", (int) ConsumerLoop.PATIENCE.toMillis());
    properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    this.consumer = new KafkaConsumer<>(properties);
    try {
      consumer.assign(List.of(SEEDS));
      fromNowOn();
    } catch (RuntimeException e) {
      consumer.close();
      throw e;
    }
  }

  /** What was said before is passed over. */
  void fromNowOn() {
    consumer.seek(SEEDS, consumer.endOffsets(List.of(SEEDS), ConsumerLoop.PATIENCE).get(SEEDS));
  }

  /** Waits until every instance of the stream has said so of that version. */
  Answer await(String rule, int version, WarmMessage.Kind kind, Duration patience) {
    long until = System.nanoTime() + patience.toNanos();
    Set<Integer> heard = new HashSet<>();
    int of = Integer.MAX_VALUE;
    while (heard.size() < of && System.nanoTime() < until) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        WarmMessage message = WarmMessage.of(record.value());
        if (message == null
            || message.instance() == null
            || message.version() != version
            || !rule.equals(new String(record.key(), UTF_8))) {
          continue;
        }
        if (message.reason() != null) {
          return new Answer(false, message.reason());
        }
        if (message.kind() == kind) {
          if (message.of() != of) {
            heard.clear();
          }
          of = message.of();
          heard.add(message.instance());
        }
      }
    }
    return new Answer(heard.size() >= of, null);
  }

  /** Sends a {@link WarmMessage} without waiting, but for those sent long before. */
  void say(String rule, byte[] message) {
    inFlight.add(log.append(List.of(new Outgoing(Topic.RULE_SEEDS, rule, message, Map.of()))));
    if (inFlight.size() >= IN_FLIGHT) {
      flush();
    }
  }

  /** Waits until the broker has all of it. */
  void flush() {
    inFlight.forEach(CompletableFuture::join);
    inFlight.clear();
  }

  /** Keeps what came of it beside the rule. */
  void settle(String rule, WarmStatus status) {
    log.append(
            List.of(new Outgoing(Topic.RULES, WarmStatus.keyOf(rule), status.toBytes(), Map.of())))
        .join();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
