package io.nabz.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.nabz.api.auth.Role;
import io.nabz.model.Json;
import io.nabz.model.Topic;
import io.nabz.testkit.TestBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who comes into a saved segment and who leaves, as events in the broker, through kills. */
class SegmentEventsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long SEED = Long.getLong("nabz.kills.seed", 7);
  private static final int CUSTOMERS = 40;
  private static final int KILLS = 3;

  @TempDir Path dir;
  private TestBroker broker;

  @BeforeEach
  void start() {
    broker = TestBroker.own();
    broker.createContractTopics(2);
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  @Test
  void aKillOfTheApiLosesNoMoveAndAnEventOfItsOwnIsToldUnderOneId() throws Exception {
    saveSegment();
    Random random = new Random(SEED);
    Set<String> expected = new HashSet<>();
    Map<String, Boolean> gold = new HashMap<>();
    long version = 0;
    Path log = dir.resolve("api.log");
    for (int life = 0; life < KILLS; life++) {
      ApiProcess api = ApiProcess.start(broker.bootstrapServers(), dataDir(), log);
      int before = events().size();
      // Each life moves everybody several times; the kill comes while it is at work.
      for (int round = 0; round < 3; round++) {
        version++;
        for (int i = 0; i < CUSTOMERS; i++) {
          move("C-" + i, version, random, gold, expected);
        }
      }
      await("work of life " + life).atMost(PATIENCE).until(() -> events().size() > before);
      assertThat(api.isAlive()).isTrue();
      api.kill();
    }
    try (TestApi api = TestApi.start(broker, dataDir())) {
      api.awaitReady();
      await().atMost(PATIENCE).untilAsserted(() -> assertThat(moves(events())).isEqualTo(expected));
      List<JsonNode> all = events();
      Map<String, String> ofId = new HashMap<>();
      for (JsonNode event : all) {
        String former = ofId.put(event.get("id").asText(), event.toString());
        assertThat(former == null || former.equals(event.toString()))
            .as("told again under its id, it is the same to the byte (seed %d)", SEED)
            .isTrue();
      }
      assertThat(ofId).as("one id a move").hasSize(expected.size());
    }
  }

  @Test
  void aSegmentBeginsWithWhoIsInItAndNamesProvisionalCustomersByTheirHandle() {
    produce("C-old", 1, "gold");
    try (TestApi api = TestApi.start(broker, dataDir())) {
      api.awaitReady();
      put(api);
      String visitor =
          new io.nabz.model.Identifier(io.nabz.model.IdentifierType.PHONE, "+982112345678")
              .provisionalCustomerId();
      produce(visitor, 1, "gold");
      produce("C-old", 2, "gold");
      produce("C-old", 3, "silver");
      await().atMost(PATIENCE).until(() -> events().size() == 2);
      List<JsonNode> events = events();
      JsonNode ofVisitor = events.stream().filter(e -> !e.has("subject")).findFirst().orElseThrow();
      assertThat(ofVisitor.get("type").asText()).isEqualTo("segment.entered");
      assertThat(ofVisitor.at("/data/identifiers/phone").asText()).isEqualTo("+982112345678");
      JsonNode left = events.stream().filter(e -> e.has("subject")).findFirst().orElseThrow();
      assertThat(left.get("type").asText()).isEqualTo("segment.left");
      assertThat(left.get("subject").asText()).isEqualTo("C-old");
      assertThat(left.get("source").asText()).isEqualTo("/nabz/segments");
      assertThat(left.at("/data/segmentId").asText()).isEqualTo("gold");
    }
  }

  private void saveSegment() {
    try (TestApi api = TestApi.start(broker, dataDir())) {
      api.awaitReady();
      put(api);
    }
  }

  private static void put(TestApi api) {
    String body = "{\"name\": {\"en\": \"Gold\", \"fa\": \"طلایی\"}, \"query\": \"tier:gold\"}";
    TestHttp marketer = api.as(Role.MARKETER);
    TestHttp.Answer saved =
        TestHttp.send(
            marketer.request("/v1/segments/gold").PUT(BodyPublishers.ofString(body)).build());
    assertThat(saved.status()).as(saved.text()).isEqualTo(200);
  }

  private void move(
      String customer, long version, Random random, Map<String, Boolean> gold, Set<String> moves) {
    boolean isGold = random.nextBoolean();
    boolean was = Boolean.TRUE.equals(gold.put(customer, isGold));
    produce(customer, version, isGold ? "gold" : "silver");
    if (isGold != was) {
      moves.add(customer + ' ' + version + (isGold ? " segment.entered" : " segment.left"));
    }
  }

  private void produce(String customer, long version, String tier) {
    broker.produce(
        Topic.SNAPSHOTS.topicName(),
        "default/" + customer,
        Json.bytes(SegmentSamples.customer(customer, version, tier, null)));
  }

  private static Set<String> moves(List<JsonNode> events) {
    Set<String> moves = new HashSet<>();
    for (JsonNode event : events) {
      moves.add(
          event.get("subject").asText()
              + ' '
              + event.at("/data/snapshotVersion").asLong()
              + ' '
              + event.get("type").asText());
    }
    return moves;
  }

  private List<JsonNode> events() {
    List<JsonNode> events = new ArrayList<>();
    broker
        .readAll(Topic.EVENTS.topicName())
        .forEach(
            record -> {
              try {
                events.add(Json.tree(record.value()));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    return events;
  }

  private Path dataDir() {
    return dir.resolve("data");
  }
}
