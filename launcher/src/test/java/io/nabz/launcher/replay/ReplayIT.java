package io.nabz.launcher.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.nabz.launcher.ServiceFile;
import io.nabz.launcher.demo.Demo;
import io.nabz.launcher.demo.SimulateCommand;
import io.nabz.model.Event;
import io.nabz.model.EventDecoder;
import io.nabz.model.Topic;
import io.nabz.testkit.TestBroker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * Replay, simulate and demo against a real broker of their own, since they fix the topic's name.
 */
class ReplayIT {
  private static final String EVENTS = Topic.EVENTS.topicName();

  @TempDir private Path dir;
  private TestBroker broker;

  @BeforeEach
  void start() throws Exception {
    broker = TestBroker.own();
    broker.createContractTopics(4);
    new ServiceFile(ProcessHandle.current().pid(), 0, 0, broker.bootstrapServers()).write(dir);
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  @Test
  void a_replay_finds_the_service_and_keys_each_event_by_its_customer() throws Exception {
    Path file =
        Files.writeString(
            dir.resolve("clicks.csv"), "7,101,5,pv,1500000000\n8,101,5,cart,1500000001\n");
    int status =
        new CommandLine(new ReplayCommand())
            .execute("taobao", file.toString(), "--data-dir", dir.toString());
    assertThat(status).isZero();
    assertThat(broker.readAll(EVENTS))
        .extracting(record -> new String(record.key(), StandardCharsets.UTF_8))
        .containsExactlyInAnyOrder("default/7", "default/8");
  }

  @Test
  void a_simulation_sends_as_many_events_as_asked_for() {
    int status =
        new CommandLine(new SimulateCommand())
            .execute("--count", "500", "--data-dir", dir.toString());
    assertThat(status).isZero();
    assertThat(broker.readAll(EVENTS)).hasSize(500);
  }

  @Test
  void the_demo_is_live_from_its_first_seconds_and_stops_when_closed() {
    Instant started = Instant.now();
    try (Demo demo = Demo.start(broker.bootstrapServers(), 50, 1)) {
      assertThat(demo).isNotNull();
      broker.readUntil(EVENTS, records -> records.stream().anyMatch(r -> time(r).isAfter(started)));
    }
    int sent = broker.readAll(EVENTS).size();
    assertThat(sent).isGreaterThan(1_000);
    // close() has returned, so nothing may come any more.
    assertThat(broker.readAll(EVENTS)).hasSize(sent);
  }

  private static Instant time(ConsumerRecord<byte[], byte[]> record) {
    Event event =
        new EventDecoder(Translations.RESOLVER).decode(record.value(), Instant.now()).event();
    return event.time();
  }
}
