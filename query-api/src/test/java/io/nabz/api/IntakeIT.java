package io.nabz.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.nabz.api.auth.KeyFile;
import io.nabz.api.auth.Role;
import io.nabz.api.auth.Scope;
import io.nabz.model.DeadLetterHeaders;
import io.nabz.model.Json;
import io.nabz.model.Topic;
import io.nabz.testkit.TestBroker;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every way to send CloudEvents over HTTP, with a real broker behind it. */
class IntakeIT {
  private static final String JSON = "application/json";
  private static final String NDJSON = "application/x-ndjson";

  private static final TestBroker TOPICS = SharedTopics.broker();

  @TempDir static Path dataDir;
  private static TestApi api;

  @BeforeAll
  static void start() {
    api = TestApi.start(TOPICS, dataDir);
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @Test
  void everyFormOfIntakeIsAcknowledgedOnlyWithTheEventsInTheBroker() {
    String customer = SharedTopics.name("C");
    TestHttp http = api.as(Role.INGEST);
    String one = Samples.event("1", customer);

    TestHttp.Answer single = http.post("/v1/events", "application/cloudevents+json", one);
    assertThat(single.status()).isEqualTo(202);
    assertThat(single.json().get("accepted").asInt()).isEqualTo(1);
    assertThat(http.post("/v1/events", JSON, Samples.event("2", customer)).status()).isEqualTo(202);
    String array = "[" + Samples.event("3", customer) + ",\n " + Samples.event("4", customer) + "]";
    assertThat(http.post("/v1/events", JSON + "; charset=utf-8", array).json().get("accepted"))
        .hasToString("2");
    String batch = "[" + Samples.event("5", customer) + "]";
    assertThat(http.post("/v1/events", "application/cloudevents-batch+json", batch).status())
        .isEqualTo(202);
    String lines = Samples.event("6", customer) + "\n\n" + Samples.event("7", customer) + "\n";
    assertThat(http.post("/v1/events", NDJSON, lines).json().get("accepted")).hasToString("2");
    TestHttp.Answer zipped =
        http.post("/v1/events", NDJSON, TestHttp.gzip(bytes(Samples.event("8", customer))), "gzip");
    assertThat(zipped.status()).isEqualTo(202);

    List<ConsumerRecord<byte[], byte[]>> kept = SharedTopics.eventsOf(customer);
    assertThat(kept).hasSize(8);
    assertThat(kept).allSatisfy(r -> assertThat(r.key()).isEqualTo(bytes("default/" + customer)));
    // What the model does not name is kept, and no digit is lost.
    assertThat(new String(kept.get(0).value(), UTF_8))
        .contains("\"traceparent\":\"00-ab\"")
        .contains("1234567890123456789.125");
  }

  @Test
  void theTenantOfTheTokenWinsOverTheBodys() {
    String customer = SharedTopics.name("C");
    TestHttp http = api.as("shop", "feed", Role.INGEST);
    String posing =
        Samples.event("1", customer).replace("\"type\"", "\"tenant\":\"other\",\"type\"");
    assertThat(http.post("/v1/events", JSON, posing).status()).isEqualTo(202);
    ConsumerRecord<byte[], byte[]> kept = SharedTopics.eventsOf(customer).get(0);
    assertThat(new String(kept.key(), UTF_8)).isEqualTo("shop/" + customer);
    assertThat(new String(kept.value(), UTF_8)).contains("\"tenant\":\"shop\"");
  }

  @Test
  void theGoodEventsOfABatchAreKeptAndTheOthersNamedAndLaidAside() {
    String customer = SharedTopics.name("C");
    String noTime = Samples.event("2", customer).replace("\"time\"", "\"when\"");
    String body = Samples.event("1", customer) + "\n" + noTime + "\n{not json\n";
    TestHttp.Answer answer = api.as(Role.INGEST).post("/v1/events", NDJSON, body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    JsonNode problem = answer.json();
    assertThat(problem.get("accepted").asInt()).isEqualTo(1);
    assertThat(problem.at("/errors/0/index").asInt()).isEqualTo(1);
    assertThat(problem.at("/errors/0/reason").asText()).isEqualTo("no-time");
    assertThat(problem.at("/errors/0/detail").asText()).contains("2026-11-22T10:15:30Z");
    assertThat(problem.at("/errors/1/reason").asText()).isEqualTo("not-json");
    assertThat(SharedTopics.eventsOf(customer)).hasSize(1);
    List<ConsumerRecord<byte[], byte[]>> dead =
        TOPICS.readAll(Topic.DEAD_LETTERS.topicName()).stream()
            .filter(r -> new String(r.value(), UTF_8).equals(noTime))
            .toList();
    assertThat(dead).hasSize(1);
    assertThat(dead.get(0).headers().lastHeader(DeadLetterHeaders.REASON).value())
        .isEqualTo(bytes("no-time"));
  }

  @Test
  void inBinaryModeTheAttributesAreHeadersAndTheBodyIsTheData() {
    String customer = SharedTopics.name("C") + " سارا";
    Map<String, String> attributes =
        Map.of(
            "ce-specversion", "1.0",
            "Ce-Id", "b-1",
            "ce-source", "/shop",
            "ce-type", "order.placed",
            "ce-time", "2026-11-22T10:00:00Z",
            "ce-subject", URLEncoder.encode(customer, UTF_8).replace("+", "%20"),
            "ce-traceparent", "00-ab");
    TestHttp http = api.as(Role.INGEST);
    TestHttp.Answer answer = binary(http, attributes, "{\"orderId\":\"o-1\",\"total\":12.50}");
    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    JsonNode kept = json(SharedTopics.eventsOf(customer).get(0));
    assertThat(kept.get("subject").asText()).isEqualTo(customer);
    assertThat(kept.get("traceparent").asText()).isEqualTo("00-ab");
    assertThat(kept.at("/data/total")).hasToString("12.50");

    assertThat(binary(http, attributes, "not json").json().at("/errors/0/reason").asText())
        .isEqualTo("not-json");
    assertThat(binary(http, Map.of("ce-id", "b-2"), "{}").json().get("detail").asText())
        .contains("specversion");
    String large = "{\"text\":\"" + "x".repeat(300 * 1024) + "\"}";
    assertThat(binary(http, attributes, large).status()).isEqualTo(413);
  }

  @Test
  void theKeyOfASourceOpensWhatItsScopeSaysForItsTenantUntilItIsRevoked() throws Exception {
    String customer = SharedTopics.name("C");
    String key = api.key("shop", "pbx", null, Scope.EVENTS);
    String event = Samples.event("1", customer);
    assertThat(api.with(key).post("/v1/events", JSON, event).status()).isEqualTo(202);
    assertThat(new String(SharedTopics.eventsOf(customer).get(0).key(), UTF_8)).startsWith("shop/");
    HttpRequest basic =
        api.anonymous()
            .request("/v1/events")
            .header("Content-Type", JSON)
            .header("Authorization", TestHttp.basic(key))
            .POST(BodyPublishers.ofString(event))
            .build();
    assertThat(TestHttp.send(basic).status()).isEqualTo(202);
    assertThat(api.with(key).get("/v1/me").status()).isEqualTo(403);
    assertThat(api.with(key).get("/v1/customers/" + customer).status()).isEqualTo(403);
    String other = api.key("shop", "web", null, Scope.SEGMENT);
    assertThat(api.with(other).post("/v1/events", JSON, event).status()).isEqualTo(403);
    assertThat(api.with(key + "x").post("/v1/events", JSON, event).status()).isEqualTo(401);

    new KeyFile(api.options().keys(), Clock.systemUTC()).revoke(key.split("_")[1]);
    await().until(() -> api.with(key).post("/v1/events", JSON, event).status() == 401);
  }

  @Test
  void whoSendsMoreThanItsKeyAllowsIsToldWhenToComeBack() {
    String customer = SharedTopics.name("C");
    TestHttp http = api.with(api.key("default", "noisy", 1, Scope.EVENTS));
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 30; i++) {
      lines.append(Samples.event("n-" + i, customer)).append('\n');
    }
    // One event a second, two at once: a batch of thirty is taken and waited off after it.
    await().until(() -> http.post("/v1/events", NDJSON, lines.toString()).status() == 202);
    TestHttp.Answer late = http.post("/v1/events", JSON, Samples.event("n-30", customer));
    assertThat(late.status()).isEqualTo(429);
    assertThat(Integer.parseInt(late.header("Retry-After"))).isBetween(20, 32);
    assertThat(SharedTopics.eventsOf(customer)).hasSize(30);
    assertThat(api.as(Role.INGEST).post("/v1/events", JSON, Samples.event("1", customer)).status())
        .as("others are not held up")
        .isEqualTo(202);
  }

  private static TestHttp.Answer binary(TestHttp http, Map<String, String> headers, String body) {
    HttpRequest.Builder request = http.request("/v1/events").header("Content-Type", JSON);
    headers.forEach(request::header);
    return TestHttp.send(request.POST(BodyPublishers.ofString(body)).build());
  }

  private static JsonNode json(ConsumerRecord<byte[], byte[]> record) {
    try {
      return Json.tree(record.value());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
