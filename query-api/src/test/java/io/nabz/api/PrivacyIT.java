package io.nabz.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.nabz.api.auth.Role;
import io.nabz.api.auth.Scope;
import io.nabz.model.Json;
import io.nabz.model.Topic;
import io.nabz.testkit.TestBroker;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is shown what of a person, and what is written down of that. */
class PrivacyIT {
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final TestBroker TOPICS = SharedTopics.broker();

  @TempDir static Path dataDir;
  private static TestApi api;

  @BeforeAll
  static void start() {
    api = TestApi.start(TOPICS, dataDir);
    Guarded.show(TOPICS, api);
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @Test
  void aMarketerIsShownNoDirectIdentifierOnAnyRouteOrStream() {
    TestHttp marketer = api.as("default", "marketer", Role.MARKETER);
    TestHttp supervisor = api.as("default", "boss", Role.SUPERVISOR, Role.MARKETER);
    Set<String> shown = new HashSet<>();
    for (Operation operation : Operation.all()) {
      if (!operation.method().equals("get") || !operation.roles().contains("marketer")) {
        continue;
      }
      String seen = operation.text(marketer, Guarded.PERSON);
      for (String secret : PersonSample.DIRECT) {
        assertThat(seen).as(operation + " by a marketer").doesNotContain(secret);
      }
      if (PersonSample.DIRECT.stream()
          .anyMatch(operation.text(supervisor, Guarded.PERSON)::contains)) {
        shown.add(operation.path());
      }
    }
    assertThat(shown)
        .as("a supervisor is shown what the marketer is not")
        .contains(
            "/v1/customers",
            "/v1/customers/{id}",
            "/v1/customers/{id}/timeline",
            "/v1/customers/{id}/stream",
            "/v1/alerts");
    JsonNode snapshot = marketer.get("/v1/customers/" + Guarded.PERSON).json();
    assertThat(SchemaCheck.ofOpenApi().errors("Snapshot", snapshot)).isEmpty();
    assertThat(snapshot.at("/identity/attributes/city").asText()).isEqualTo("تهران");
    assertThat(snapshot.at("/value/tier").asText()).isEqualTo("gold");
    assertThat(snapshot.at("/sentiment/lastText/text").asText())
        .isEqualTo("I am •••, call ••• or write to •••");
    assertThat(marketer.get("/v1/customers/by/phone/" + PersonSample.PHONE).status())
        .isEqualTo(403);
    assertThat(
            TestHttp.send(
                    marketer
                        .request("/v1/alerts/a-person/seen")
                        .POST(BodyPublishers.noBody())
                        .build())
                .text())
        .contains("a-person")
        .doesNotContain("Rezaei");
  }

  @Test
  void aLiveAlertReachesAMarketerWithoutTheName() {
    try (TestStream watched = api.as(Role.MARKETER).stream("/v1/alerts/stream", null);
        TestStream whole = api.as(Role.ADMIN).stream("/v1/alerts/stream", null)) {
      await().until(() -> !watched.events().isEmpty() && !whole.events().isEmpty());
      TOPICS.produce(
          Topic.ALERTS.topicName(),
          "default/" + Guarded.PERSON,
          Json.bytes(PersonSample.alert("a-live", Guarded.PERSON)));
      await().until(() -> watched.alertIds().contains("a-live"));
      await().until(() -> whole.alertIds().contains("a-live"));
      assertThat(watched.named("alert").toString()).contains("•••").doesNotContain("Rezaei");
      assertThat(whole.named("alert").toString()).contains("Ali Rezaei");
    }
  }

  @Test
  void anAgentIsShownTheEndOfANationalIdAndASupervisorAllOfIt() {
    TestHttp agent = api.as(Role.AGENT);
    for (String path :
        List.of(
            "/v1/customers/" + Guarded.PERSON,
            "/v1/customers/by/phone/" + PersonSample.PHONE,
            "/v1/customers?q=rezaei")) {
      assertThat(agent.get(path).text())
          .as(path)
          .contains("•••6789", PersonSample.PHONE)
          .doesNotContain(PersonSample.NATIONAL_ID);
      assertThat(api.as(Role.SUPERVISOR).get(path).text()).contains(PersonSample.NATIONAL_ID);
    }
  }

  @Test
  void everyReadOfAPersonAndEveryChangeIsInTheAuditWithoutWhatWasFound() {
    TestHttp auditor = api.as("default", "a-77", Role.SUPERVISOR);
    auditor.get("/v1/customers/" + Guarded.CUSTOMER);
    auditor.get("/v1/customers/by/phone/02112345678");
    auditor.get("/v1/customers/" + Guarded.CUSTOMER + "/timeline");
    auditor.get("/v1/alerts");
    auditor.get("/v1/activity");
    await().until(() -> auditor.get("/v1/customers?q=sara").text().contains(Guarded.CUSTOMER));
    auditor.post("/v1/alerts/a-secret/seen", "application/json", "");
    auditor.get("/v1/customers/nobody");
    List<JsonNode> entries = new ArrayList<>();
    TOPICS.readUntil(
        Topic.AUDIT.topicName(),
        records -> {
          entries.clear();
          records.stream()
              .filter(r -> new String(r.key(), UTF_8).equals("default/a-77"))
              .forEach(r -> entries.add(json(r.value())));
          return entries.stream().anyMatch(e -> e.get("action").asText().equals("alert.seen"));
        });
    Map<String, JsonNode> byAction = new HashMap<>();
    entries.forEach(entry -> byAction.put(entry.get("action").asText(), entry));
    assertThat(byAction.keySet())
        .contains(
            "customer.read",
            "customer.timeline",
            "customers.find",
            "alerts.list",
            "activity.read",
            "alert.seen");
    assertThat(byAction.get("customers.find").get("customers").toString())
        .contains(Guarded.CUSTOMER);
    assertThat(byAction.get("alert.seen").get("object").asText()).isEqualTo("a-secret");
    assertThat(byAction.get("customer.read").get("roles").toString()).contains("supervisor");
    assertThat(entries.toString()).doesNotContain("سارا").doesNotContain("12345678");
    assertThat(entries.stream().filter(e -> e.get("action").asText().equals("customer.read")))
        .as("two reads, and one of nobody")
        .hasSize(2);
  }

  @Test
  void nothingPersonalIsLoggedWhateverComesIn() {
    String key = api.key("default", "web", null, Scope.SEGMENT);
    String phone = "09351112233";
    String mail = "canary@secret.example";
    String event =
        Samples.event("canary", "C-canary")
            .replace(
                "\"channel\"",
                "\"identifiers\":{\"phone\":\"%s\",\"email\":\"%s\"},\"channel\""
                    .formatted(phone, mail));
    try (LogTap tap = LogTap.open()) {
      TestHttp admin = api.as(Role.ADMIN);
      admin.post("/v1/events", "application/json", event);
      admin.post("/v1/events", "application/json", event.replace("\"time\"", "\"when\""));
      admin.post("/v1/events", "application/json", event.substring(0, event.length() - 9));
      admin.get("/v1/customers/by/phone/" + phone);
      admin.get("/v1/customers?q=" + phone);
      admin.get("/v1/customers?q=nonsense:" + mail);
      admin.get("/v1/nothing/" + phone);
      api.with(key + phone).get("/v1/me");
      api.anonymous()
          .post(
              "/v1/identify",
              "text/plain",
              "{\"writeKey\":\"%s\",\"userId\":\"U\",\"traits\":{\"email\":\"%s\"}}"
                  .formatted(key, mail));
      api.anonymous().post("/v1/sources/none?key=" + key, "application/json", event);
      TOPICS.produce(Topic.SNAPSHOTS.topicName(), "default/C-canary", "{\"x\":\"" + mail + "\"}");
      await()
          .atMost(PATIENCE)
          .until(() -> api.metric("nabz_views_unreadable_total") >= 1 && !tap.text().isEmpty());
      assertThat(tap.text())
          .doesNotContain(phone.substring(1))
          .doesNotContain(mail)
          .doesNotContain(key.substring(4));
    }
  }

  @Test
  void anErasureIsToldToTheStreamAndAudited() {
    TestHttp admin = api.as("default", "a-erasing", Role.ADMIN);
    HttpRequest request = admin.request("/v1/customers/C-gone").DELETE().build();
    assertThat(TestHttp.send(request).status()).isEqualTo(202);
    assertThat(TOPICS.readAll(Topic.EVENTS.topicName()))
        .extracting(record -> json(record.value()))
        .anySatisfy(
            event -> {
              assertThat(event.get("type").asText()).isEqualTo("customer.erased");
              assertThat(event.get("subject").asText()).isEqualTo("C-gone");
              assertThat(event.get("tenant").asText()).isEqualTo("default");
            });
    TOPICS.readUntil(
        Topic.AUDIT.topicName(),
        records ->
            records.stream()
                .filter(record -> new String(record.key(), UTF_8).equals("default/a-erasing"))
                .anyMatch(record -> new String(record.value(), UTF_8).contains("customer.erase")));
  }

  private static JsonNode json(byte[] value) {
    try {
      return Json.tree(value);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
