package io.nabz.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.nabz.api.auth.EmbeddedIssuer;
import io.nabz.api.auth.Role;
import io.nabz.model.Json;
import io.nabz.model.Snapshot;
import io.nabz.model.Topic;
import io.nabz.testkit.RecordedData;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A bank's fortnight of calls through the whole service, against figures computed elsewhere. */
@Timeout(value = 15, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RecordedBankIT {
  private static final String RECORDING = "call-centre-anonbank/calls_01-14feb.tsv.gz";
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final long SHUFFLE_MS = Duration.ofMinutes(2).toMillis();

  private static final Map<String, Long> COUNTS =
      Map.of(
          "/contacts/begun", 17_313L,
          "/contacts/answered", 14_405L,
          "/contacts/queued", 8_871L,
          "/contacts/abandoned", 1_885L,
          "/contacts/shortAbandoned", 161L,
          "/contacts/leftBeforeQueue", 1_023L,
          "/repeats/third24h", 1_273L,
          "/repeats/third7d", 2_361L);

  @TempDir Path dir;

  @Test
  void theFortnightGivesItsRepeatCallersAtFullSpeed() throws Exception {
    Path recording = recording();
    assertTruth("anonbank", recording, events(recording).size());
  }

  @Test
  void theSameWhenEventsComeShuffledWithinTwoMinutesAndDoubled() throws Exception {
    List<String> events = events(recording());
    long seed = 20261122;
    Path shuffled = shuffledAndDoubled(events, new Random(seed));
    assertTruth("cloudevents", shuffled, events.size());
  }

  private static Path recording() {
    assumeTrue(RecordedData.find(RECORDING).isPresent(), RecordedData.missing(RECORDING));
    return RecordedData.find(RECORDING).orElseThrow();
  }

  private List<String> events(Path recording) throws Exception {
    Path ndjson = dir.resolve("events.ndjson");
    UpProcess.capture(ndjson, "replay", "anonbank", recording.toString(), "--dry-run");
    return Files.readAllLines(ndjson, UTF_8);
  }

  /** Every event twice, each arrival up to two minutes late. */
  private Path shuffledAndDoubled(List<String> events, Random random) throws IOException {
    record Arrival(long at, String event) {}
    List<Arrival> arrivals = new ArrayList<>();
    for (String event : events) {
      long time =
          Instant.parse(Json.tree(event.getBytes(UTF_8)).get("time").asText()).toEpochMilli();
      arrivals.add(new Arrival(time + random.nextLong(SHUFFLE_MS), event));
      arrivals.add(new Arrival(time + random.nextLong(SHUFFLE_MS), event));
    }
    arrivals.sort((a, b) -> Long.compare(a.at, b.at));
    Path file = dir.resolve("shuffled.ndjson");
    try (BufferedWriter out = Files.newBufferedWriter(file, UTF_8)) {
      for (Arrival arrival : arrivals) {
        out.append(arrival.event).append('\n');
      }
    }
    return file;
  }

  private void assertTruth(String format, Path file, int distinctEvents) throws Exception {
    Path dataDir = dir.resolve("nabz-data");
    try (UpProcess up = UpProcess.up(dataDir);
        UpProcess replay = UpProcess.run(dataDir, "replay", format, file.toString())) {
      if (!replay.process().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("the replay does not end; it said: " + replay.talk());
      }
      assertThat(replay.process().exitValue()).as(replay.talk()).isZero();

      try (SnapshotReader snapshots = new SnapshotReader(dataDir)) {
        await()
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(200))
            .until(snapshots::eventsHeld, held -> held == distinctEvents);
        assertThat(snapshots.customersWithRepeats("24h"))
            .as("third call within 24 h")
            .isEqualTo(251);
        assertThat(snapshots.repeats("24h")).as("calls that are").isEqualTo(1_273);
        assertThat(snapshots.customersWithRepeats("7d")).as("third call within 7 d").isEqualTo(459);
        assertThat(snapshots.repeats("7d")).as("calls that are").isEqualTo(2_361);
      }
      String token =
          EmbeddedIssuer.open(dataDir.resolve("auth"))
              .token("test", Set.of(Role.ADMIN), "default", Duration.ofHours(1));
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(customersAlerted(up, token)).hasSize(251));
      await().atMost(PATIENCE).untilAsserted(() -> assertFloor(up, token));
    }
  }

  /** All at once, so that a failure shows every figure that is wrong. */
  private static void assertFloor(UpProcess up, String token) throws Exception {
    FloorDays days =
        FloorDays.read(
            up,
            token,
            // The fortnight is that of Israel: seven calls come while it is still January in UTC.
            Instant.parse("1999-01-31T00:00:00Z"),
            Instant.parse("1999-02-15T00:00:00Z"));
    Map<String, String> figures = new TreeMap<>();
    COUNTS.keySet().forEach(pointer -> figures.put(pointer, "" + days.sum(pointer)));
    figures.put("abandoned of queued", days.percent("/contacts/abandoned", "/contacts/queued"));
    figures.put("abandoned of offered", days.percent("/contacts/abandoned", "/contacts/offered"));
    figures.put("ASA", days.mean("/waits/asaSeconds", "/contacts/answered"));
    figures.put("AHT", days.mean("/handle/meanSeconds", "/handle/count"));
    figures.put(
        "within 20 s", days.percent("/serviceLevels/0/answeredWithin", "/contacts/offered"));
    figures.put(
        "within 60 s", days.percent("/serviceLevels/1/answeredWithin", "/contacts/offered"));

    Map<String, String> expected = new TreeMap<>();
    COUNTS.forEach((pointer, count) -> expected.put(pointer, "" + count));
    expected.put("abandoned of queued", "21.25");
    expected.put("abandoned of offered", "11.57");
    expected.put("ASA", "34.405");
    expected.put("AHT", "166.856");
    expected.put("within 20 s", "56.25");
    expected.put("within 60 s", "71.16");
    assertThat(figures).isEqualTo(expected);
  }

  private static Set<String> customersAlerted(UpProcess up, String token) throws Exception {
    Set<String> customers = new HashSet<>();
    String cursor = null;
    do {
      JsonNode page =
          up.get(
              "/v1/alerts?ruleId=repeat-caller&limit=500"
                  + (cursor == null ? "" : "&cursor=" + cursor),
              token);
      page.path("items").forEach(alert -> customers.add(alert.path("customerId").asText()));
      cursor = page.path("nextCursor").asText(null);
    } while (cursor != null);
    return customers;
  }

  /** The newest snapshot of each customer, read from the topic as anybody may. */
  private static final class SnapshotReader implements AutoCloseable {
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<String, Snapshot> newest = new HashMap<>();

    SnapshotReader(Path dataDir) {
      consumer =
          new KafkaConsumer<>(
              Map.of(
                  "bootstrap.servers",
                  ServiceFile.of(dataDir).bootstrapServers(),
                  "auto.offset.reset",
                  "earliest"),
              new ByteArrayDeserializer(),
              new ByteArrayDeserializer());
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topic.SNAPSHOTS.topicName()).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
    }

    /** Distinct events that the newest snapshots hold: the high part of their versions. */
    long eventsHeld() throws IOException {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
        Snapshot snapshot = Json.read(record.value(), Snapshot.class);
        newest.merge(snapshot.customerId(), snapshot, (a, b) -> b.version() >= a.version() ? b : a);
      }
      return newest.values().stream().mapToLong(s -> s.version() >> 8).sum();
    }

    long customersWithRepeats(String window) {
      return newest.values().stream()
          .filter(s -> s.history().repeats().get(window).repeatContacts() > 0)
          .count();
    }

    long repeats(String window) {
      return newest.values().stream()
          .mapToLong(s -> s.history().repeats().get(window).repeatContacts())
          .sum();
    }

    @Override
    public void close() {
      consumer.close();
    }
  }
}
