package io.nabz.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.nabz.api.auth.Scope;
import io.nabz.model.DeadLetterHeaders;
import io.nabz.model.Json;
import io.nabz.model.Topic;
import io.nabz.testkit.TestBroker;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Segment tracking API over real HTTP and a real broker. */
class SegmentIT {
  private static final String JSON = "application/json";

  @TempDir static Path dataDir;
  private static TestBroker broker;
  private static TestApi api;
  private static String key;

  @BeforeAll
  static void start() {
    broker = TestBroker.own();
    broker.createContractTopics(1);
    api = TestApi.start(broker, dataDir);
    key = api.key("shop", "web", null, Scope.SEGMENT);
  }

  @AfterAll
  static void stop() {
    api.close();
    broker.close();
  }

  @Test
  void everyCallInBothFormsBecomesAnEventOfItsTenant() {
    for (String path : List.of("track", "t", "identify", "i", "page", "p", "screen", "s")) {
      assertTaken(path, "{'event':'Trial Started','userId':'U-%s'}".formatted(path));
      assertThat(ofCustomer("U-" + path)).hasSize(1);
    }
    for (String path : List.of("group", "g")) {
      assertTaken(path, "{'groupId':'acme','userId':'U-%s'}".formatted(path));
      JsonNode event = ofCustomer("U-" + path).get(0);
      assertThat(event.get("type").asText()).isEqualTo("relationship.linked");
      assertThat(event.at("/data/customer").asText()).isEqualTo("acme");
    }
    for (String path : List.of("alias", "a")) {
      assertTaken(path, "{'previousId':'v-1','userId':'U-%s'}".formatted(path));
      JsonNode event = ofCustomer("U-" + path).get(0);
      assertThat(event.get("type").asText()).isEqualTo("identity.linked");
      assertThat(event.at("/data/identifiers/anonymousId").asText()).isEqualTo("v-1");
    }
    assertThat(ofCustomer("U-track").get(0).get("type").asText()).isEqualTo("track.trial_started");
    assertThat(ofCustomer("U-track").get(0).get("source").asText()).isEqualTo("/segment/web");
    assertThat(ofCustomer("U-track").get(0).get("tenant").asText()).isEqualTo("shop");
  }

  @Test
  void aBrowserMaySendItsKeyInThePlainTextBodyFromAnyOrigin() {
    String body = quoted("{'writeKey':'%s','userId':'U-plain','name':'Home'}".formatted(key));
    TestHttp.Answer answer = api.anonymous().post("/v1/page", "text/plain", body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("*");
    String form = "application/x-www-form-urlencoded";
    assertThat(api.anonymous().post("/v1/page", form, body).status()).isEqualTo(200);
    assertThat(ofCustomer("U-plain").get(0).at("/data/title").asText()).isEqualTo("Home");

    HttpRequest ask =
        api.anonymous()
            .request("/v1/track")
            .header("Access-Control-Request-Method", "POST")
            .method("OPTIONS", BodyPublishers.noBody())
            .build();
    TestHttp.Answer may = TestHttp.send(ask);
    assertThat(may.status()).isEqualTo(204);
    assertThat(may.header("Access-Control-Allow-Headers")).contains("Authorization");
    assertThat(may.header("Access-Control-Allow-Credentials")).isNull();
  }

  @Test
  void oneBadCallNeverFailsItsBatchAndIsLaidAside() {
    String late = "{'type':'track','event':'x','userId':'U-batch','timestamp':'yesterday'}";
    String heavy =
        "{'type':'track','event':'x','userId':'U-batch','text':'" + "y".repeat(33 * 1024) + "'}";
    TestHttp.Answer answer =
        post(
            "batch",
            "{'batch':[{'type':'track','event':'x','userId':'U-batch','messageId':'m-1'},"
                + late
                + ",{'type':'track','event':'x'},7,{'type':'launch','userId':'U-batch'},"
                + heavy
                + ",{'type':'track','event':'x','userId':'U-batch','properties':{'n':1e99999}}]}");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(SchemaCheck.ofOpenApi().errors("Taken", answer.json())).isEmpty();
    assertThat(answer.json().get("accepted").asInt()).isEqualTo(1);
    assertThat(answer.json().get("errors").findValuesAsText("reason"))
        .containsExactly(
            "no-time", "no-customer", "not-an-event", "no-type", "too-large", "not-an-event");
    assertThat(ofCustomer("U-batch")).hasSize(1);
    assertThat(ofCustomer("U-batch").get(0).get("id").asText()).isEqualTo("m-1");
    List<ConsumerRecord<byte[], byte[]>> dead =
        broker.readAll(Topic.DEAD_LETTERS.topicName()).stream()
            .filter(r -> new String(r.value(), UTF_8).equals(quoted(late)))
            .toList();
    assertThat(dead).hasSize(1);
    assertThat(
            new String(dead.get(0).headers().lastHeader(DeadLetterHeaders.ORIGIN).value(), UTF_8))
        .isEqualTo("segment/web");
  }

  @Test
  void whatCanNeverSucceedIsBadRequestSoThatLibrariesLetItGo() {
    assertRefused(post("track", "{'userId':'U'}"), 400, "event is missing");
    assertRefused(post("track", "{'event':'x'}"), 400, "userId or anonymousId");
    assertRefused(post("track", "no json"), 400, "not a JSON object");
    assertRefused(post("batch", "{}"), 400, "batch is missing");
    assertRefused(post("group", "{'userId':'U'}"), 400, "groupId");
    assertRefused(
        post("track", "{'event':'x','userId':'U','text':'" + "y".repeat(33 * 1024) + "'}"),
        400,
        "32 KB");
    assertRefused(post("batch", " ".repeat(501 * 1024)), 400, "500 KB");
    String call = quoted("{'event':'x','userId':'U'}");
    assertRefused(api.anonymous().post("/v1/track", JSON, call), 401, "write key");
    assertRefused(
        api.anonymous().post("/v1/track", JSON, call.replace("{", "{\"writeKey\":\"nbz_a_b\",")),
        401,
        "unknown");
    String events = api.key("shop", "pbx", null, Scope.EVENTS);
    assertRefused(
        api.anonymous()
            .post("/v1/track", JSON, call.replace("{", "{\"writeKey\":\"" + events + "\",")),
        403,
        "segment");
    assertRefused(api.anonymous().post("/v1/track", JSON, bytes(call), "br"), 415, "gzip");
  }

  private static void assertTaken(String path, String body) {
    TestHttp.Answer answer = post(path, body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }

  private static void assertRefused(TestHttp.Answer answer, int status, String detail) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.json().get("detail").asText()).contains(detail);
    assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("*");
  }

  private static TestHttp.Answer post(String path, String body) {
    return TestHttp.send(
        api.anonymous()
            .request("/v1/" + path)
            .header("Content-Type", JSON)
            .header("Authorization", TestHttp.basic(key))
            .POST(BodyPublishers.ofString(quoted(body)))
            .build());
  }

  private static String quoted(String json) {
    return json.replace('\'', '"');
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static List<JsonNode> ofCustomer(String customer) {
    return broker.readAll(Topic.EVENTS.topicName()).stream()
        .filter(r -> new String(r.key(), UTF_8).equals("shop/" + customer))
        .map(SegmentIT::json)
        .toList();
  }

  private static JsonNode json(ConsumerRecord<byte[], byte[]> record) {
    try {
      return Json.tree(record.value());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
