package io.nabz.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.nabz.api.auth.Role;
import io.nabz.model.Json;
import io.nabz.model.Topic;
import io.nabz.testkit.TestBroker;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Finding customers over HTTP, from the topic of snapshots on. */
class SearchIT {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  @TempDir static Path dataDir;
  private static TestBroker broker;
  private static TestApi api;

  @BeforeAll
  static void start() {
    broker = TestBroker.own();
    broker.createContractTopics(1);
    api = TestApi.start(broker, dataDir);
    for (int i = 0; i < 3; i++) {
      broker.produce(
          Topic.SNAPSHOTS.topicName(), "default/C-" + i, Json.bytes(Samples.snapshot("C-" + i, 1)));
    }
    await()
        .atMost(PATIENCE)
        .until(() -> find(api.as(Role.AGENT), "").json().get("total").asInt() == 3);
  }

  @AfterAll
  static void stop() {
    api.close();
    broker.close();
  }

  @Test
  void anAgentFindsByNameOrNumberAndPagesThrough() {
    TestHttp agent = api.as(Role.AGENT);
    TestHttp.Answer answer = find(agent, "sara");
    assertThat(SchemaCheck.ofOpenApi().errors("CustomersFound", answer.json())).isEmpty();
    assertThat(answer.json().get("total").asInt()).isEqualTo(3);
    assertThat(answer.json().at("/items/0/name").asText()).isEqualTo("سارا");
    assertThat(find(agent, "021-12345678").json().get("total").asInt()).isEqualTo(3);
    JsonNode first = agent.get("/v1/customers?limit=2").json();
    assertThat(first.get("items")).hasSize(2);
    String cursor = first.get("nextCursor").asText();
    JsonNode rest = agent.get("/v1/customers?limit=2&cursor=" + cursor).json();
    assertThat(rest.get("items")).hasSize(1);
    assertThat(rest.has("nextCursor")).isFalse();
    assertThat(agent.get("/v1/customers?cursor=x").status()).isEqualTo(400);
    assertThat(find(agent, "colour:red").json().get("detail").asText()).startsWith("q: ");
  }

  @Test
  void aMarketerCountsButSeesNeitherNamesNorHandles() {
    TestHttp marketer = api.as(Role.MARKETER);
    TestHttp.Answer all = find(marketer, "orders:0");
    assertThat(all.json().get("total").asInt()).isEqualTo(3);
    assertThat(all.text()).doesNotContain("سارا").doesNotContain("12345678");
    assertThat(find(marketer, "sara").status()).isEqualTo(400);
  }

  @Test
  void anotherTenantFindsNothing() {
    TestHttp other = api.as("other", "test", Role.ADMIN);
    assertThat(find(other, "sara").json().get("total").asInt()).isZero();
    assertThat(find(other, "").json().get("facets").toString()).doesNotContain("1");
  }

  @Test
  void aRestartFindsTheSame() {
    api.restart();
    await()
        .atMost(PATIENCE)
        .until(() -> find(api.as(Role.AGENT), "sara").json().get("total").asInt() == 3);
  }

  private static TestHttp.Answer find(TestHttp http, String question) {
    return http.get("/v1/customers?q=" + URLEncoder.encode(question, StandardCharsets.UTF_8));
  }
}
