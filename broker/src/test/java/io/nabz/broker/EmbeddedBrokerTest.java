package io.nabz.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EmbeddedBrokerTest {
  private static final String TOPIC = "kept";

  @TempDir Path dir;

  @Test
  void whatWasAcknowledgedSurvivesAKillAndAStopOnTheSamePort() throws Exception {
    EmbeddedBroker broker = EmbeddedBroker.start(dir);
    int port = broker.port();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin.createTopics(Set.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
    }
    send(broker, "before the kill");
    broker.kill();
    assertThat(broker.isAlive()).isFalse();

    broker = broker.restart();
    assertThat(broker.port()).isEqualTo(port);
    send(broker, "before the stop");

    broker = broker.restart();
    assertThat(read(broker, 2)).containsExactly("before the kill", "before the stop");
    broker.close();
    assertThat(broker.isAlive()).isFalse();
  }

  @Test
  void topicsAreNeverCreatedByAccident() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(dir);
        KafkaProducer<String, String> producer =
            new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "max.block.ms", 1_000),
                new StringSerializer(),
                new StringSerializer())) {
      assertThatThrownBy(() -> producer.send(new ProducerRecord<>("no-such-topic", "x")).get())
          .hasMessageContaining("no-such-topic");
    }
  }

  @Test
  void aPortInUseIsRefusedWithASentence() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      BrokerOptions options = BrokerOptions.of(dir).withPort(taken.getLocalPort());
      assertThatThrownBy(() -> EmbeddedBroker.start(options))
          .isInstanceOf(BrokerException.class)
          .hasMessage(
              "The Kafka broker did not start: port %d is in use; free it or choose another (0 takes"
                      .formatted(taken.getLocalPort())
                  + " any free one).");
    }
  }

  @Test
  void aFileInPlaceOfTheFolderIsRefusedWithASentence() throws Exception {
    Path file = Files.writeString(dir.resolve("file"), "x");
    assertThatThrownBy(() -> EmbeddedBroker.start(file))
        .isInstanceOf(BrokerException.class)
        .hasMessageContaining("the broker cannot use " + file);
  }

  @Test
  void theBrokerEndsWhenItsParentIsKilled() throws Exception {
    Process parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Dnabz.broker.lib=" + System.getProperty("nabz.broker.lib"),
                OrphanMaker.class.getName(),
                dir.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    long pid = Long.parseLong(parent.inputReader(StandardCharsets.UTF_8).readLine());
    ProcessHandle broker = ProcessHandle.of(pid).orElseThrow();

    parent.destroyForcibly().waitFor();

    broker.onExit().get(30, TimeUnit.SECONDS);
    assertThat(broker.isAlive()).isFalse();
  }

  private static void send(EmbeddedBroker broker, String value) throws Exception {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers(), "acks", "all"),
            new StringSerializer(),
            new StringSerializer())) {
      producer.send(new ProducerRecord<>(TOPIC, value)).get();
    }
  }

  private static List<String> read(EmbeddedBroker broker, int count) {
    List<String> values = new java.util.ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new StringDeserializer(),
            new StringDeserializer())) {
      TopicPartition partition = new TopicPartition(TOPIC, 0);
      consumer.assign(Set.of(partition));
      consumer.seekToBeginning(Set.of(partition));
      while (values.size() < count) {
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofSeconds(1))) {
          values.add(record.value());
        }
      }
    }
    return values;
  }

  /** A parent that prints its broker's pid and waits to be killed. */
  static final class OrphanMaker {
    private OrphanMaker() {}

    public static void main(String[] args) throws IOException {
      EmbeddedBroker broker = EmbeddedBroker.start(Path.of(args[0]));
      System.out.println(broker.pid());
      if (System.in.read() < 0) {
        broker.close();
      }
    }
  }
}
