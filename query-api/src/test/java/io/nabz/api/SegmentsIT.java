package io.nabz.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.nabz.api.auth.Role;
import io.nabz.model.Json;
import io.nabz.model.Topic;
import io.nabz.testkit.TestBroker;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Saved segments over HTTP, from the topic of snapshots on. */
class SegmentsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  /** More than a piece of the index. */
  private static final int OTHERS = 2_500;

  @TempDir static Path dataDir;
  private static TestBroker broker;
  private static TestApi api;

  @BeforeAll
  static void start() {
    broker = TestBroker.own();
    broker.createContractTopics(1);
    api = TestApi.start(broker, dataDir);
    broker.produce(Topic.SNAPSHOTS.topicName(), "default/C-p", PersonSample.snapshot("C-p"));
    for (int i = 0; i < OTHERS; i++) {
      broker.produce(
          Topic.SNAPSHOTS.topicName(), "default/C-" + i, Json.bytes(Samples.snapshot("C-" + i, 1)));
    }
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                api.anonymous().get("/readyz").status() == 200
                    && api.as(Role.ADMIN).get("/v1/customers").json().get("total").asInt()
                        == OTHERS + 1);
  }

  @AfterAll
  static void stop() {
    api.close();
    broker.close();
  }

  @Test
  void aSegmentIsSavedSizedLiveAndOutlivesARestart() {
    TestHttp marketer = api.as(Role.MARKETER);
    JsonNode saved = put(marketer, "gold", "tier:gold");
    assertThat(SchemaCheck.ofOpenApi().errors("SavedSegment", saved)).isEmpty();
    assertThat(saved.get("size").asInt()).isEqualTo(1);
    broker.produce(
        Topic.SNAPSHOTS.topicName(), "default/C-new-gold", PersonSample.snapshot("C-new-gold"));
    await()
        .atMost(PATIENCE)
        .until(() -> marketer.get("/v1/segments/gold").json().get("size").asInt() == 2);
    broker.produce(Topic.SNAPSHOTS.topicName(), "default/C-new-gold", (byte[]) null);
    await()
        .atMost(PATIENCE)
        .until(() -> marketer.get("/v1/segments/gold").json().get("size").asInt() == 1);
    api.restart();
    await().atMost(PATIENCE).until(() -> api.anonymous().get("/readyz").status() == 200);
    TestHttp again = api.as(Role.MARKETER);
    assertThat(again.get("/v1/segments").json().get("items").findValuesAsText("id"))
        .contains("gold");
    assertThat(TestHttp.send(again.request("/v1/segments/gold").DELETE().build()).status())
        .isEqualTo(204);
    assertThat(again.get("/v1/segments/gold").status()).isEqualTo(404);
  }

  @Test
  void anExportHoldsEverybodyAndForAMarketerNobodysNameOrNumber() {
    put(api.as(Role.ADMIN), "all", "orders>=0");
    String csv = api.as(Role.MARKETER).get("/v1/segments/all/export").text();
    assertThat(csv.lines()).hasSize(OTHERS + 2);
    assertThat(csv.lines().findFirst())
        .hasValueSatisfying(
            header -> assertThat(header).startsWith("customerId,").doesNotContain("phone", "name"));
    assertThat(csv).contains("C-p,").doesNotContain(PersonSample.DIRECT).doesNotContain("سارا");
    TestHttp.Answer lines = api.as(Role.MARKETER).get("/v1/segments/all/export?format=ndjson");
    assertThat(lines.header("Content-Type")).startsWith("application/x-ndjson");
    assertThat(lines.header("Content-Disposition")).contains("all.ndjson");
    assertThat(lines.text().lines()).hasSize(OTHERS + 1);
    assertThat(lines.text()).doesNotContain(PersonSample.DIRECT).doesNotContain("سارا");
    for (String line : lines.text().lines().limit(20).toList()) {
      assertThat(SchemaCheck.ofOpenApi().errors("CustomerHit", tree(line))).isEmpty();
    }
    assertThat(api.as(Role.SUPERVISOR).get("/v1/segments/all/export").text())
        .contains("Ali Rezaei", PersonSample.PHONE);
  }

  @Test
  void agentsExportNothingAndNoTenantSeesAnothersSegments() {
    put(api.as(Role.ADMIN), "mine", "tier:gold");
    assertThat(api.as(Role.AGENT).get("/v1/segments/mine/export").status()).isEqualTo(403);
    assertThat(api.as(Role.AGENT).get("/v1/segments").status()).isEqualTo(403);
    TestHttp stranger = api.as("other", "stranger", Role.ADMIN);
    assertThat(stranger.get("/v1/segments/mine/export").status()).isEqualTo(404);
    assertThat(stranger.get("/v1/segments").json().get("items")).isEmpty();
  }

  @Test
  void aSegmentAsksForNobodyByNameAndSaysWhatToSend() {
    TestHttp admin = api.as(Role.ADMIN);
    for (String query : List.of("sara", "phone:09121234567", "colour:red", "")) {
      assertThat(answer(admin, "x", query).status()).as(query).isEqualTo(400);
    }
    assertThat(answer(admin, "x", "sara").json().get("detail").asText()).startsWith("query: ");
    assertThat(
            TestHttp.send(
                    admin
                        .request("/v1/segments/x")
                        .PUT(BodyPublishers.ofString("{\"query\": \"tier:gold\"}"))
                        .build())
                .json()
                .get("detail")
                .asText())
        .startsWith("name: ");
    put(admin, "y", "tier:gold");
    assertThat(admin.get("/v1/segments/y/export?format=xlsx").status()).isEqualTo(400);
  }

  private static JsonNode put(TestHttp http, String id, String query) {
    TestHttp.Answer answer = answer(http, id, query);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  private static TestHttp.Answer answer(TestHttp http, String id, String query) {
    String body = "{\"name\": {\"en\": \"n\", \"fa\": \"ن\"}, \"query\": \"%s\"}".formatted(query);
    return TestHttp.send(
        http.request("/v1/segments/" + id).PUT(BodyPublishers.ofString(body)).build());
  }

  private static JsonNode tree(String line) {
    try {
      return Json.tree(line.getBytes(UTF_8));
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }
}
