package io.nabz.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nabz.api.auth.Role;
import io.nabz.model.Json;
import io.nabz.model.KpiInterval;
import io.nabz.model.KpiKey;
import io.nabz.model.Topic;
import io.nabz.testkit.TestBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The voice of the customer over a real broker and real HTTP. */
class VoiceIT {
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final Instant TEN = Instant.parse("2026-11-22T10:00:00Z");
  private static final String THE_HOUR =
      "/v1/voice?from=2026-11-22T10:00:00Z&to=2026-11-22T11:00:00Z";

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
  void marketersReadTopicsWithMaskedExamplesOfThosePeriods() {
    topic("delivery", TEN, 2);
    topic("delivery", TEN.minusSeconds(3_600), 1);
    said("C-1", "m", "late again, call +98 912 345 6789");
    TestHttp http = as(Role.MARKETER);
    await().atMost(PATIENCE).until(() -> !voice(http).at("/topics/0/examples/0").isMissingNode());

    JsonNode voice = voice(http);
    assertThat(SchemaCheck.ofOpenApi().errors("Voice", voice)).isEmpty();
    JsonNode delivery = voice.at("/topics/0");
    assertThat(delivery.at("/texts/count").asInt()).isEqualTo(2);
    assertThat(delivery.at("/change/texts").asDouble()).isEqualTo(1);
    assertThat(delivery.at("/examples/0/text").asText()).isEqualTo("late again, call •••");
    assertThat(voice.toString()).doesNotContain("C-1");

    TOPICS.produce(Topic.TIMELINE.topicName(), tenant + "/C-1", (byte[]) null);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(voice(http).at("/topics/0/examples")).isEmpty());
  }

  @Test
  void agentsMayNotAndAPeriodThatIsNoneIsExplained() {
    assertThat(as(Role.AGENT).get("/v1/voice").status()).isEqualTo(403);
    TestHttp http = as(Role.SUPERVISOR);
    assertThat(http.get("/v1/voice").status()).as("nothing was said yet").isEqualTo(200);
    for (String wrong :
        new String[] {
          "?from=yesterday", "?from=2026-11-22T10:00:00Z&to=2026-11-22T10:00:00Z",
        }) {
      TestHttp.Answer answer = http.get("/v1/voice" + wrong);
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.json().path("detail").asText()).startsWith("from: send");
    }
  }

  private static JsonNode voice(TestHttp http) {
    return http.get(THE_HOUR).json();
  }

  private void topic(String name, Instant hour, int count) {
    String dimension = KpiKey.VOICE_TOPIC + name;
    ObjectNode figures = Json.mapper().createObjectNode();
    figures.put("dimension", dimension).put("interval", "1h").put("version", count);
    figures.put("start", hour.toString()).put("end", hour.plusSeconds(3_600).toString());
    figures.putObject("texts").put("count", count).put("negative", count).put("positive", 0);
    TOPICS.produce(
        Topic.KPIS.topicName(),
        new KpiKey(tenant, dimension, KpiInterval.HOUR, hour).toString(),
        Json.bytes(figures));
  }

  private void said(String customer, String id, String text) {
    ObjectNode touchpoint = Json.mapper().createObjectNode();
    touchpoint.put("eventId", id).put("type", "message.received").put("channel", "chat");
    touchpoint.put("time", TEN.plusSeconds(60).toString()).put("topic", "delivery");
    touchpoint.put("text", text).put("sentiment", -0.6);
    TOPICS.produce(Topic.TIMELINE.topicName(), tenant + "/" + customer, Json.bytes(touchpoint));
  }

  private TestHttp as(Role role) {
    return api.as(tenant, "test", role);
  }
}
