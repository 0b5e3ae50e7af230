package io.nabz.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.nabz.api.auth.Role;
import io.nabz.model.Json;
import io.nabz.model.KpiFigures;
import io.nabz.model.KpiInterval;
import io.nabz.model.KpiKey;
import io.nabz.model.Topic;
import io.nabz.testkit.TestBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The floor's figures over a real broker and real HTTP. */
class KpiIT {
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final Instant TEN = Instant.parse("2026-11-22T10:00:00Z");

  private static final TestBroker TOPICS = SharedTopics.broker();

  @TempDir static Path dataDir;
  private static TestApi api;

  /** Of each test's own, so that it finds only the figures it has made. */
  private final String tenant = SharedTopics.name("floor");

  @BeforeAll
  static void start() {
    api = TestApi.start(TOPICS, dataDir);
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @Test
  void theFiguresAreListedAndStreamed() {
    produce("queue:billing", KpiInterval.QUARTER, TEN, 3);
    produce("total", KpiInterval.NOW, null, 3);
    produce("queue:billing", KpiInterval.NOW, null, 3);
    TestHttp http = as(Role.SUPERVISOR);
    await().atMost(PATIENCE).until(() -> items(http, "").size() == 2);

    TestHttp.Answer all = http.get("/v1/kpis?dimension=total");
    assertThat(SchemaCheck.ofOpenApi().errors("KpiPage", all.json())).isEmpty();
    assertThat(all.json().at("/items/0/now/waiting").asInt()).isEqualTo(3);
    String quarters = "?interval=15m&dimension=queue&from=2026-11-22T10:00:00Z";
    assertThat(items(http, quarters + "&to=2026-11-22T10:15:00Z")).hasSize(1);
    assertThat(items(http, quarters + "&to=2026-11-22T10:00:00Z")).isEmpty();

    try (TestStream stream = http.stream("/v1/kpis/stream?dimension=queue", null)) {
      await().atMost(PATIENCE).until(() -> stream.named("kpis").size() == 1);
      assertThat(stream.named("kpis").get(0).data()).contains("queue:billing");
      produce("total", KpiInterval.NOW, null, 4);
      produce("queue:billing", KpiInterval.QUARTER, TEN, 4);
      produce("queue:billing", KpiInterval.NOW, null, 5);
      await().atMost(PATIENCE).until(() -> stream.named("kpis").size() == 2);
      assertThat(stream.named("kpis").get(1).data())
          .contains("\"waiting\":5")
          .doesNotContain("total")
          .doesNotContain("15m");
    }
  }

  @Test
  void onlySupervisorsAndAdminsSeeThemAndBadQuestionsAreAnswered() {
    for (Role role : Role.values()) {
      boolean may = role == Role.SUPERVISOR || role == Role.ADMIN;
      assertThat(as(role).get("/v1/kpis").status()).isEqualTo(may ? 200 : 403);
    }
    Map<String, String> bad =
        Map.of(
            "dimension=team", "queue:billing",
            "interval=week", "15m",
            "from=noon", "RFC 3339",
            "cursor=x", "nextCursor",
            "limit=0", "1 to 500");
    bad.forEach(
        (question, hint) -> {
          TestHttp.Answer answer = as(Role.ADMIN).get("/v1/kpis?" + question);
          assertThat(answer.status()).as(question).isEqualTo(400);
          assertThat(answer.json().get("detail").asText()).contains(hint);
        });
  }

  private static JsonNode items(TestHttp http, String query) {
    return http.get("/v1/kpis" + query).json().get("items");
  }

  private void produce(String dimension, KpiInterval interval, Instant start, int waiting) {
    boolean now = interval == KpiInterval.NOW;
    KpiFigures figures =
        new KpiFigures(
            dimension,
            interval,
            start,
            now ? null : start.plusSeconds(900),
            waiting,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            now
                ? new KpiFigures.Live(
                    waiting, TEN, 5.0, TEN.plusSeconds(5), 0, Map.of("available", 2L), 0)
                : null);
    TOPICS.produce(
        Topic.KPIS.topicName(),
        new KpiKey(tenant, dimension, interval, start).toString(),
        Json.bytes(figures));
  }

  private TestHttp as(Role role) {
    return api.as(tenant, "test", role);
  }
}
