package io.nabz.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nabz.broker.BrokerOptions;
import io.nabz.broker.EmbeddedBroker;
import io.nabz.broker.TopicLeaders;
import io.nabz.model.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * One real broker for all tests of a JVM, with topics of their own. Use {@link #shared()} unless
 * the test kills or fills its broker.
 */
public final class TestBroker implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final AtomicInteger TOPICS = new AtomicInteger();

  private final Path dir;
  private final Admin admin;
  private final KafkaProducer<byte[], byte[]> producer;
  private EmbeddedBroker broker;

  private TestBroker() {
    try {
      dir = Files.createTempDirectory("nabz-test-broker");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    broker = EmbeddedBroker.start(BrokerOptions.of(dir));
    admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers(), "acks", "all", "linger.ms", 1),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** The broker of this JVM; started at the first call, gone with the JVM. */
  public static TestBroker shared() {
    return Shared.BROKER;
  }

  /** A broker of the caller's own, to kill and to close. */
  public static TestBroker own() {
    return new TestBroker();
  }

  public String bootstrapServers() {
    return broker.bootstrapServers();
  }

  public Admin admin() {
    return admin;
  }

  /** The process, for tests that kill it; {@link #restart()} brings it back. */
  public EmbeddedBroker process() {
    return broker;
  }

  public void restart() {
    broker = broker.restart();
  }

  /** A fresh topic with the settings of the given one and one partition. */
  public String newTopic(String prefix, Topic like) {
    return newTopic(prefix, like, 1);
  }

  /** A fresh topic with the settings of the given one. */
  public String newTopic(String prefix, Topic like, int partitions) {
    String name = prefix + "-" + TOPICS.incrementAndGet();
    create(List.of(new NewTopic(name, partitions, (short) 1).configs(like.config())));
    return name;
  }

  /** All topics of the contract under their own names, for tests of the whole path. */
  public void createContractTopics(int partitionsPerCustomerTopic) {
    List<NewTopic> topics = new ArrayList<>();
    for (Topic topic : Topic.values()) {
      int partitions = topic.perCustomer() ? partitionsPerCustomerTopic : 1;
      topics.add(new NewTopic(topic.topicName(), partitions, (short) 1).configs(topic.config()));
    }
    create(topics);
  }

  private void create(Collection<NewTopic> topics) {
    get(admin.createTopics(topics).all().toCompletionStage().toCompletableFuture());
    try {
      TopicLeaders.await(admin, topics, PATIENCE);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("The test broker does not serve " + topics, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted", e);
    }
  }

  /** Sends one record and returns when the broker has it. */
  public void produce(String topic, String key, byte[] value) {
    await(List.of(send(topic, key, value)));
  }

  /** The same with one header. */
  public void produce(String topic, String key, byte[] value, String header, byte[] headerValue) {
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, key.getBytes(UTF_8), value);
    record.headers().add(header, headerValue);
    await(List.of(producer.send(record)));
  }

  public void produce(String topic, String key, String value) {
    produce(topic, key, value.getBytes(UTF_8));
  }

  /** Sends all values without keys and returns when the broker has them. */
  public void produceAll(String topic, Collection<String> values) {
    await(values.stream().map(value -> send(topic, null, value.getBytes(UTF_8))).toList());
  }

  private Future<RecordMetadata> send(String topic, String key, byte[] value) {
    byte[] keyBytes = key == null ? null : key.getBytes(UTF_8);
    return producer.send(new ProducerRecord<>(topic, keyBytes, value));
  }

  /** All that is in the topic now, in the order of each partition. */
  public List<ConsumerRecord<byte[], byte[]>> readAll(String topic) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(topic)) {
      Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
    }
    return records;
  }

  /** Reads the topic from its beginning until what was read satisfies the condition. */
  public List<ConsumerRecord<byte[], byte[]>> readUntil(
      String topic, Predicate<List<ConsumerRecord<byte[], byte[]>>> enough) {
    return readUntil(topic, PATIENCE, enough);
  }

  /** Reads the topic from its beginning until what was read satisfies the condition. */
  public List<ConsumerRecord<byte[], byte[]>> readUntil(
      String topic, Duration patience, Predicate<List<ConsumerRecord<byte[], byte[]>>> enough) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    long deadline = System.nanoTime() + patience.toNanos();
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(topic)) {
      while (!enough.test(records)) {
        if (System.nanoTime() > deadline) {
          throw new AssertionError(
              "%s has %d records after %s and still not what was awaited; the last: %s"
                  .formatted(topic, records.size(), patience, lastOf(records)));
        }
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
    }
    return records;
  }

  /** A consumer at the beginning of all partitions of the topic; the caller closes it. */
  public KafkaConsumer<byte[], byte[]> consumer(String topic) {
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers(), "fetch.max.wait.ms", 50),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    Set<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .collect(java.util.stream.Collectors.toSet());
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    return consumer;
  }

  private static String lastOf(List<ConsumerRecord<byte[], byte[]>> records) {
    if (records.isEmpty()) {
      return "none";
    }
    byte[] value = records.get(records.size() - 1).value();
    return value == null ? "a tombstone" : new String(value, UTF_8);
  }

  private static void await(List<Future<RecordMetadata>> sends) {
    sends.forEach(TestBroker::get);
  }

  private static <T> T get(Future<T> future) {
    try {
      return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError("The test broker refused: " + e.getCause(), e);
    } catch (TimeoutException e) {
      throw new AssertionError("The test broker did not do it within " + PATIENCE, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted", e);
    }
  }

  @Override
  public void close() {
    producer.close(Duration.ZERO);
    admin.close(Duration.ZERO);
    broker.kill();
    try (Stream<Path> files = Files.walk(dir)) {
      files.sorted(Comparator.reverseOrder()).forEach(TestBroker::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Shared {
    static final TestBroker BROKER = new TestBroker();

    static {
      Runtime.getRuntime().addShutdownHook(new Thread(BROKER::close, "nabz-test-broker-close"));
    }

    private Shared() {}
  }
}
