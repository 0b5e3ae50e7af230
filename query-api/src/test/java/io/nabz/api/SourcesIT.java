package io.nabz.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.nabz.api.auth.Scope;
import io.nabz.model.Json;
import io.nabz.model.Topic;
import io.nabz.testkit.TestBroker;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Webhooks of declared sources over real HTTP and a real broker. */
class SourcesIT {
  private static final String SECRET = "hush";
  private static final String ORDER =
      "{\"id\":7,\"email\":\"sara@example.com\",\"updated_at\":\"2026-11-22T10:00:00Z\","
          + "\"total_price\":\"12.50\",\"currency\":\"irr\"}";

  @TempDir static Path dataDir;
  private static TestBroker broker;
  private static TestApi api;

  @BeforeAll
  static void start() throws IOException {
    broker = TestBroker.own();
    broker.createContractTopics(1);
    Path folder = Files.createDirectories(dataDir.resolve("sources"));
    Files.writeString(
        folder.resolve("shop.yaml"), "kind: shopify\ntenant: acme\nsecret: " + SECRET + "\n");
    Files.writeString(
        folder.resolve("woo.yaml"), "kind: woocommerce\ntenant: acme\nsecret: " + SECRET + "\n");
    Files.writeString(folder.resolve("crm.yaml"), "kind: generic\ntenant: acme\n");
    api = TestApi.start(broker, dataDir);
  }

  @AfterAll
  static void stop() {
    api.close();
    broker.close();
  }

  @Test
  void aSignedOrderIsTakenForItsTenantAndADeliveryAgainIsTheSameEvent() throws Exception {
    for (int delivery = 0; delivery < 2; delivery++) {
      TestHttp.Answer answer = shopify("ev-1", ORDER, sign(ORDER));
      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
      assertThat(answer.json().get("accepted").asInt()).isEqualTo(1);
    }
    List<JsonNode> events = events("order.placed");
    assertThat(events).hasSizeGreaterThanOrEqualTo(2);
    assertThat(events).extracting(e -> e.get("id").asText()).contains("ev-1");
    assertThat(events.get(0).get("tenant").asText()).isEqualTo("acme");
    assertThat(events.get(0).at("/data/total")).hasToString("12.50");
  }

  @Test
  void whatIsNotSignedOrUnknownIsRefusedInTheSameWords() throws Exception {
    TestHttp.Answer forged = shopify("ev-2", ORDER.replace("12.50", "99"), sign(ORDER));
    assertThat(forged.status()).isEqualTo(401);
    TestHttp.Answer unsigned = api.anonymous().post("/v1/sources/shop", "application/json", ORDER);
    assertThat(unsigned.status()).isEqualTo(401);
    TestHttp.Answer unknown = api.anonymous().post("/v1/sources/none", "application/json", ORDER);
    assertThat(unknown.status()).isEqualTo(401);
    assertThat(unknown.text()).isEqualTo(unsigned.text());
  }

  @Test
  void aKeyOfTheSourceOpensItInAHeaderOrTheUrlAndNoOther() {
    String body =
        "{\"id\":1,\"time\":\"2026-11-22T10:00:00Z\",\"type\":\"case.opened\","
            + "\"customerId\":\"C-1\",\"data\":{\"caseId\":\"c\"}}";
    String key = api.key("acme", "crm", null, Scope.SOURCES);
    String json = "application/json";
    assertThat(api.with(key).post("/v1/sources/crm", json, body).status()).isEqualTo(200);
    assertThat(api.anonymous().post("/v1/sources/crm?key=" + key, json, body).status())
        .isEqualTo(200);
    assertThat(events("case.opened")).hasSize(2);
    assertThat(api.with(key).post("/v1/sources/shop", json, body).status()).isEqualTo(401);
    for (String other :
        List.of(
            api.key("acme", "crm", null, Scope.EVENTS),
            api.key("evil", "crm", null, Scope.SOURCES))) {
      assertThat(api.with(other).post("/v1/sources/crm", json, body).status()).isEqualTo(401);
    }
    TestHttp.Answer useless = api.with(key).post("/v1/sources/crm", json, "{\"type\":\"x\"}");
    assertThat(useless.status()).isEqualTo(200);
    assertThat(useless.json().get("refused").asInt()).isEqualTo(1);
    assertThat(broker.readAll(Topic.DEAD_LETTERS.topicName()))
        .extracting(r -> new String(r.value(), UTF_8))
        .contains("{\"type\":\"x\"}");
  }

  @Test
  void aPingIsAnsweredAndChangesNothing() {
    TestHttp.Answer answer =
        api.anonymous()
            .post("/v1/sources/woo", "application/x-www-form-urlencoded", "webhook_id=12");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().get("accepted").asInt()).isZero();
  }

  private static TestHttp.Answer shopify(String id, String body, String signature) {
    HttpRequest request =
        api.anonymous()
            .request("/v1/sources/shop")
            .header("Content-Type", "application/json")
            .header("X-Shopify-Topic", "orders/create")
            .header("X-Shopify-Event-Id", id)
            .header("X-Shopify-Hmac-Sha256", signature)
            .POST(BodyPublishers.ofString(body))
            .build();
    return TestHttp.send(request);
  }

  private static String sign(String body) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
    return Base64.getEncoder().encodeToString(mac.doFinal(body.getBytes(UTF_8)));
  }

  private static List<JsonNode> events(String type) {
    return broker.readAll(Topic.EVENTS.topicName()).stream()
        .map(SourcesIT::json)
        .filter(event -> event.get("type").asText().equals(type))
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
