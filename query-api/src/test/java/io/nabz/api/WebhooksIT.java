package io.nabz.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.nabz.api.auth.Role;
import io.nabz.api.webhooks.Receiver;
import io.nabz.api.webhooks.WebhookOptions;
import io.nabz.model.Alert;
import io.nabz.model.AlertState;
import io.nabz.model.Json;
import io.nabz.model.Topic;
import io.nabz.testkit.TestBroker;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alerts told to a real server, over a real broker. */
class WebhooksIT {
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final WebhookOptions QUICK =
      new WebhookOptions(true, Duration.ofMillis(200), 4, Duration.ofSeconds(2));
  private static final String CUSTOMER = "C-person";
  private static int alerts;

  @TempDir static Path dataDir;
  private static TestBroker broker;
  private static TestApi api;
  private Receiver receiver;

  @BeforeAll
  static void start() {
    broker = TestBroker.own();
    broker.createContractTopics(1);
    api =
        TestApi.start(
            ApiOptions.of(broker.bootstrapServers(), dataDir).withPort(0).withWebhooks(QUICK));
    broker.produce(
        Topic.SNAPSHOTS.topicName(), "default/" + CUSTOMER, PersonSample.snapshot(CUSTOMER));
    awaitFollowing();
  }

  @AfterAll
  static void stop() {
    api.close();
    broker.close();
  }

  @BeforeEach
  void open() {
    receiver = new Receiver();
  }

  @AfterEach
  void close() {
    for (JsonNode hook : admin().get("/v1/webhooks").json().get("items")) {
      delete(hook.get("id").asText());
    }
    receiver.close();
  }

  @Test
  void anAlertIsToldSignedAndWithoutWhatNamesThePerson() {
    JsonNode made = put("crm", "\"audiences\": [\"marketing\"]");
    assertThat(SchemaCheck.ofOpenApi().errors("Webhook", made)).isEmpty();
    String secret = made.get("secret").asText();
    assertThat(admin().get("/v1/webhooks/crm").json().has("secret")).isFalse();
    String alert = marketing();
    await().atMost(PATIENCE).until(() -> receiver.at("/crm").size() == 1);
    Receiver.Received told = receiver.at("/crm").get(0);
    assertThat(told.type()).startsWith("application/json");
    assertThat(told.alertId()).isEqualTo(alert);
    assertThat(told.json().get("type").asText()).isEqualTo("alert.opened");
    assertThat(new String(told.body(), UTF_8)).doesNotContain("Rezaei").contains("•••");
    assertThat(Instant.ofEpochSecond(Long.parseLong(told.timestamp())))
        .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(5));
    assertThat(told.signature()).isEqualTo("v1," + signature(secret, told));
    await().atMost(PATIENCE).until(() -> deliveries("crm", "").isEmpty());
  }

  @Test
  void onlyWhatIsAskedForIsToldAndNothingTwice() {
    put("low", "\"audiences\": [\"marketing\"], \"severities\": [\"low\"]");
    put("other", "\"rules\": [\"some-other-rule\"]");
    put("named", "\"named\": true");
    String first = marketing();
    Alert again = PersonSample.alert(first, CUSTOMER);
    produce(again);
    produce(held(PersonSample.alert("a-holdout-" + ++alerts, CUSTOMER)));
    produce(Samples.alert("a-agent-" + ++alerts, CUSTOMER));
    produce(Samples.in(AlertState.RETRACTED, again));
    String last = marketing();
    await().atMost(PATIENCE).until(() -> receiver.alertsAt("/low").anyMatch(last::equals));
    await().atMost(PATIENCE).until(() -> receiver.at("/low").size() == 3);
    assertThat(receiver.at("/low").stream().map(r -> r.json().get("type").asText() + r.alertId()))
        .containsExactlyInAnyOrder(
            "alert.opened" + first, "alert.retracted" + first, "alert.opened" + last);
    assertThat(receiver.at("/other")).isEmpty();
    assertThat(receiver.at("/named")).isEmpty();
  }

  @Test
  void aRuleNamesTheWebhookThatItsAlertsGoTo() {
    put("named", "\"named\": true");
    String rule =
        """
        {"name": {"en": "n", "fa": "ن"}, "audience": "agent", "within": "15m",
         "pattern": [{"as": "page", "type": "page.viewed"}],
         "then": {"title": {"en": "t", "fa": "ت"}, "webhook": "named"}}
        """;
    var written =
        TestHttp.send(
            admin()
                .request("/v1/rules/repeat-caller")
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(rule))
                .build());
    assertThat(written.status()).as(written.text()).isEqualTo(200);
    String alert = "a-named-" + ++alerts;
    produce(Samples.alert(alert, CUSTOMER));
    await().atMost(PATIENCE).until(() -> receiver.alertsAt("/named").anyMatch(alert::equals));
  }

  @Test
  void whatFailsIsTriedAgainWithTheSameIdAndGivenUpInTheEndAndSentAgainOnDemand() {
    put("crm", "\"audiences\": [\"marketing\"]");
    receiver.on("/crm", received -> 503);
    String alert = marketing();
    await().atMost(PATIENCE).until(() -> deliveries("crm", "?state=dead").size() == 1);
    assertThat(receiver.at("/crm")).hasSize(QUICK.attempts());
    assertThat(receiver.at("/crm").stream().map(Receiver.Received::id).distinct()).hasSize(1);
    JsonNode dead = deliveries("crm", "?state=dead").get(0);
    assertThat(SchemaCheck.ofOpenApi().errors("Delivery", dead)).isEmpty();
    assertThat(dead.get("status").asInt()).isEqualTo(503);
    assertThat(dead.get("alertId").asText()).isEqualTo(alert);
    assertThat(api.metric("nabz_webhooks_dead_total")).isPositive();
    receiver.on("/crm", received -> 204);
    String path = "/v1/webhooks/crm/deliveries/" + dead.get("deliveryId").asText() + "/resend";
    assertThat(admin().post(path, "application/json", "").status()).isEqualTo(202);
    await().atMost(PATIENCE).until(() -> deliveries("crm", "").isEmpty());
    assertThat(receiver.at("/crm")).hasSize(QUICK.attempts() + 1);
    assertThat(admin().post(path, "application/json", "").status()).isEqualTo(404);
  }

  @Test
  void whatWaitsOutlivesARestart() {
    put("crm", "\"audiences\": [\"marketing\"]");
    CountDownLatch release = new CountDownLatch(1);
    receiver.on("/crm", received -> hold(release, 503));
    String alert = marketing();
    await().atMost(PATIENCE).until(() -> receiver.at("/crm").size() == 1);
    api.restart();
    receiver.on("/crm", received -> 200);
    release.countDown();
    await()
        .atMost(PATIENCE)
        .until(() -> receiver.alertsAt("/crm").filter(alert::equals).count() >= 2);
    await().atMost(PATIENCE).until(() -> deliveries("crm", "").isEmpty());
    assertThat(receiver.at("/crm").stream().map(Receiver.Received::id).distinct()).hasSize(1);
    awaitFollowing();
  }

  @Test
  void oneThatDoesNotAnswerHoldsUpNoOther() {
    put("slow", "\"audiences\": [\"marketing\"]");
    put("quick", "\"audiences\": [\"marketing\"]");
    CountDownLatch release = new CountDownLatch(1);
    receiver.on("/slow", received -> hold(release, 200));
    for (int i = 0; i < 30; i++) {
      marketing();
    }
    await().atMost(PATIENCE).until(() -> receiver.at("/quick").size() == 30);
    assertThat(receiver.at("/slow").size()).as("a few at once, not all").isLessThan(30);
    release.countDown();
    await().atMost(PATIENCE).until(() -> receiver.alertsAt("/slow").distinct().count() == 30);
  }

  @Test
  void aRedirectIsNoWayToAnotherAddress() {
    put("crm", "\"audiences\": [\"marketing\"]");
    receiver.redirect("/crm", receiver.url("/inner"));
    marketing();
    await().atMost(PATIENCE).until(() -> deliveries("crm", "?state=dead").size() == 1);
    assertThat(receiver.at("/inner")).isEmpty();
    assertThat(deliveries("crm", "").get(0).get("error").asText()).isEqualTo("answered 307");
  }

  @Test
  void whoSaysToBeGoneForGoodIsDisabled() {
    put("crm", "\"audiences\": [\"marketing\"]");
    receiver.on("/crm", received -> 410);
    marketing();
    await()
        .atMost(PATIENCE)
        .until(() -> !admin().get("/v1/webhooks/crm").json().get("enabled").asBoolean());
    assertThat(receiver.at("/crm")).hasSize(1);
  }

  @Test
  void whileASecretIsChangedBothSign() {
    String former = put("crm", "\"audiences\": [\"marketing\"]").get("secret").asText();
    JsonNode rotated = admin().post("/v1/webhooks/crm/rotate", "application/json", "").json();
    String fresh = rotated.get("secret").asText();
    assertThat(fresh).startsWith("whsec_").isNotEqualTo(former);
    assertThat(rotated.has("formerSecretUntil")).isTrue();
    marketing();
    await().atMost(PATIENCE).until(() -> receiver.at("/crm").size() == 1);
    Receiver.Received told = receiver.at("/crm").get(0);
    assertThat(List.of(told.signature().split(" ")))
        .containsExactly("v1," + signature(fresh, told), "v1," + signature(former, told));
  }

  @Test
  void whatCannotBeAWebhookIsRefusedWithAReason() {
    assertThat(refusal("{}")).contains("https://crm.example.com/nabz");
    assertThat(refusal("[]")).contains("JSON object");
    assertThat(refusal("{\"url\": \"ftp://x.example\"}")).contains("https");
    assertThat(refusal("{\"url\": \"https://u:p@x.example\"}")).contains("password");
    assertThat(refusal("{\"url\": \"https://x.example\", \"audiences\": [\"all\"]}"))
        .contains("audiences");
    assertThat(refusal("{\"url\": \"https://x.example\", \"secret\": \"hush\"}"))
        .contains("whsec_")
        .doesNotContain("hush");
  }

  @Test
  void withoutTheOptionNoPrivateAddressIsTaken(@TempDir Path otherDir) {
    try (TestApi strict = TestApi.start(broker, otherDir)) {
      await().atMost(PATIENCE).until(() -> strict.anonymous().get("/readyz").status() == 200);
      for (String url :
          List.of(
              "http://crm.example.com",
              "https://localhost/x",
              "https://127.0.0.1:9092",
              "https://2130706433/",
              "https://[::1]/",
              "https://[::ffff:10.0.0.1]/",
              "https://169.254.169.254/latest/meta-data",
              "https://192.168.1.1/")) {
        var answer =
            TestHttp.send(
                strict
                    .as(Role.ADMIN)
                    .request("/v1/webhooks/crm")
                    .PUT(BodyPublishers.ofString("{\"url\": \"" + url + "\"}"))
                    .build());
        assertThat(answer.status()).as(url).isEqualTo(400);
      }
    }
  }

  private static String refusal(String body) {
    var answer =
        TestHttp.send(
            admin().request("/v1/webhooks/wrong").PUT(BodyPublishers.ofString(body)).build());
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    return answer.json().get("detail").asText();
  }

  private JsonNode put(String id, String more) {
    String body = "{\"url\": \"%s\", %s}".formatted(receiver.url("/" + id), more);
    var answer =
        TestHttp.send(
            admin().request("/v1/webhooks/" + id).PUT(BodyPublishers.ofString(body)).build());
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  private static void delete(String id) {
    assertThat(TestHttp.send(admin().request("/v1/webhooks/" + id).DELETE().build()).status())
        .isEqualTo(204);
  }

  private static JsonNode deliveries(String id, String query) {
    return admin().get("/v1/webhooks/" + id + "/deliveries" + query).json().get("items");
  }

  private static String marketing() {
    String id = "a-" + ++alerts;
    produce(PersonSample.alert(id, CUSTOMER));
    return id;
  }

  private static Alert held(Alert alert) {
    return new Alert(
        alert.alertId(),
        alert.ruleId(),
        alert.ruleVersion(),
        alert.customerId(),
        alert.audience(),
        alert.severity(),
        alert.state(),
        alert.assignee(),
        alert.contactId(),
        alert.queue(),
        alert.title(),
        alert.advice(),
        alert.evidence(),
        new Alert.Offer("free-delivery", "holdout"),
        alert.times());
  }

  private static void produce(Alert alert) {
    broker.produce(Topic.ALERTS.topicName(), "default/" + CUSTOMER, Json.bytes(alert));
  }

  private static void awaitFollowing() {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                api.anonymous().get("/readyz").status() == 200
                    && api.metric("nabz_webhooks_following") == 1);
  }

  private static TestHttp admin() {
    return api.as(Role.ADMIN);
  }

  private static int hold(CountDownLatch latch, int status) {
    try {
      latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return status;
  }

  /** As a receiver works it out, from the specification and not from our code. */
  private static String signature(String secret, Receiver.Received told) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      byte[] key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      String content = told.id() + "." + told.timestamp() + "." + new String(told.body(), UTF_8);
      return Base64.getEncoder().encodeToString(mac.doFinal(content.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
