package io.nabz.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.nabz.api.auth.Role;
import io.nabz.api.auth.Scope;
import io.nabz.model.ContactState;
import io.nabz.model.Json;
import io.nabz.model.Topic;
import io.nabz.testkit.TestBroker;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may do what, on every route of the document, and what strangers and vandals get. */
class TrustIT {
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  static final String CUSTOMER = "C-secret";
  private static final String PERSON = "C-person";
  private static final int MALFORMED = 10_000;
  private static final int AT_ONCE = 8;
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** What must never reach another tenant. */
  private static final List<String> SECRETS = List.of(CUSTOMER, "a-secret", "سارا", "12345678");

  @TempDir static Path dataDir;
  private static TestBroker broker;
  private static TestApi api;

  @BeforeAll
  static void start() {
    broker = TestBroker.own();
    broker.createContractTopics(1);
    api = TestApi.start(broker, dataDir);
    broker.produce(
        Topic.SNAPSHOTS.topicName(),
        "default/" + CUSTOMER,
        Json.bytes(
            Samples.snapshot(
                CUSTOMER,
                1,
                List.of(Samples.contact("k", ContactState.CONNECTED, Samples.TEN)),
                null,
                List.of())));
    broker.produce(
        Topic.ALERTS.topicName(),
        "default/" + CUSTOMER,
        Json.bytes(Samples.alert("a-secret", CUSTOMER)));
    // A second customer, of whom everything is known that must not reach everybody.
    broker.produce(Topic.SNAPSHOTS.topicName(), "default/" + PERSON, PersonSample.snapshot(PERSON));
    broker.produce(Topic.TIMELINE.topicName(), "default/" + PERSON, PersonSample.touchpoint());
    broker.produce(
        Topic.ALERTS.topicName(),
        "default/" + PERSON,
        Json.bytes(PersonSample.alert("a-person", PERSON)));
    await()
        .atMost(PATIENCE)
        .until(() -> api.as(Role.ADMIN).get("/v1/alerts").text().contains("a-secret"));
    await()
        .atMost(PATIENCE)
        .until(() -> api.as(Role.ADMIN).get("/v1/customers").text().contains(CUSTOMER));
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                api.as(Role.ADMIN).get("/v1/customers").text().contains(PERSON)
                    && api.as(Role.ADMIN).get("/v1/alerts").text().contains("a-person")
                    && api.as(Role.ADMIN)
                        .get("/v1/customers/" + PERSON + "/timeline")
                        .text()
                        .contains("m-1"));
  }

  @AfterAll
  static void stop() {
    api.close();
    broker.close();
  }

  @Test
  void everyRouteTakesTheRolesOfTheDocumentAndNoOthers() {
    String key = api.key("default", "feed", null, Scope.SEGMENT);
    for (Operation operation : Operation.all()) {
      // Metrics hold no personal data and are open as long as only this machine can ask.
      if (operation.isPublic() || operation.path().equals("/metrics")) {
        continue;
      }
      assertThat(status(operation, api.anonymous())).as(operation + " by nobody").isEqualTo(401);
      assertThat(status(operation, api.with(key))).as(operation + " by a key").isEqualTo(403);
      for (Role role : Role.values()) {
        int status = status(operation, api.as("default", "matrix", role));
        if (operation.roles().contains(role.code())) {
          assertThat(status).as(operation + " by " + role).isNotIn(401, 403).isLessThan(500);
        } else {
          assertThat(status).as(operation + " by " + role).isEqualTo(403);
        }
      }
    }
  }

  @Test
  void nothingOfOneTenantReachesAnotherOnAnyRouteOrStream() {
    TestHttp stranger = api.as("other", "stranger", Role.values());
    TestHttp owner = api.as("default", "owner", Role.values());
    Set<String> shown = new HashSet<>();
    for (Operation operation : Operation.all()) {
      if (operation.isPublic() || !operation.method().equals("get")) {
        continue;
      }
      String seen = text(operation, stranger);
      for (String secret : SECRETS) {
        assertThat(seen).as(operation + " by a stranger").doesNotContain(secret);
      }
      String own = text(operation, owner);
      if (SECRETS.stream().anyMatch(own::contains)) {
        shown.add(operation.path());
      }
    }
    assertThat(shown)
        .as("the owner is shown what the stranger is not")
        .contains(
            "/v1/customers",
            "/v1/customers/{id}",
            "/v1/customers/{id}/stream",
            "/v1/customers/by/{identifier}/{value}",
            "/v1/alerts",
            "/v1/activity",
            "/v1/activity/stream");
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
      String seen = text(operation, marketer, PERSON);
      for (String secret : PersonSample.DIRECT) {
        assertThat(seen).as(operation + " by a marketer").doesNotContain(secret);
      }
      if (PersonSample.DIRECT.stream().anyMatch(text(operation, supervisor, PERSON)::contains)) {
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
    JsonNode snapshot = marketer.get("/v1/customers/" + PERSON).json();
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
      broker.produce(
          Topic.ALERTS.topicName(),
          "default/" + PERSON,
          Json.bytes(PersonSample.alert("a-live", PERSON)));
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
            "/v1/customers/" + PERSON,
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
    auditor.get("/v1/customers/" + CUSTOMER);
    auditor.get("/v1/customers/by/phone/02112345678");
    auditor.get("/v1/customers/" + CUSTOMER + "/timeline");
    auditor.get("/v1/alerts");
    auditor.get("/v1/activity");
    await().until(() -> auditor.get("/v1/customers?q=sara").text().contains(CUSTOMER));
    auditor.post("/v1/alerts/a-secret/seen", "application/json", "");
    auditor.get("/v1/customers/nobody");
    List<JsonNode> entries = new ArrayList<>();
    broker.readUntil(
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
    assertThat(byAction.get("customers.find").get("customers").toString()).contains(CUSTOMER);
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
      broker.produce(Topic.SNAPSHOTS.topicName(), "default/C-canary", "{\"x\":\"" + mail + "\"}");
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
    assertThat(broker.readAll(Topic.EVENTS.topicName()))
        .extracting(record -> json(record.value()))
        .anySatisfy(
            event -> {
              assertThat(event.get("type").asText()).isEqualTo("customer.erased");
              assertThat(event.get("subject").asText()).isEqualTo("C-gone");
              assertThat(event.get("tenant").asText()).isEqualTo("default");
            });
    broker.readUntil(
        Topic.AUDIT.topicName(),
        records ->
            records.stream()
                .anyMatch(record -> new String(record.value(), UTF_8).contains("customer.erase")));
  }

  @Test
  void tenThousandMalformedBodiesAreAnsweredAndNoneWithAServerError() throws Exception {
    long seed = Long.getLong("nabz.seed", 1);
    Random random = new Random(seed);
    TestHttp feed = api.as("fuzz", "vandal", Role.INGEST);
    String key = api.key("fuzz", "vandal", 1_000_000, Scope.SEGMENT);
    Map<Integer, AtomicInteger> statuses = new ConcurrentHashMap<>();
    List<String> failures = new ArrayList<>();
    Semaphore slots = new Semaphore(AT_ONCE);
    List<CompletableFuture<?>> answers = new ArrayList<>();
    for (int i = 0; i < MALFORMED; i++) {
      boolean events = random.nextBoolean();
      byte[] body = Malformed.body(random);
      HttpRequest request =
          (events ? feed : api.anonymous())
              .request(events ? "/v1/events" : random.nextBoolean() ? "/v1/batch" : "/v1/track")
              .header("Content-Type", Malformed.type(random, events))
              .header(events ? "X-Round" : "Authorization", events ? "" + i : TestHttp.basic(key))
              .POST(BodyPublishers.ofByteArray(body))
              .build();
      slots.acquire();
      answers.add(
          CLIENT
              .sendAsync(request, BodyHandlers.ofString())
              .whenComplete(
                  (answer, error) -> {
                    slots.release();
                    if (error != null || answer.statusCode() >= 500) {
                      synchronized (failures) {
                        failures.add(
                            new String(body, UTF_8)
                                + " -> "
                                + (error == null ? answer.body() : error));
                      }
                    } else {
                      statuses
                          .computeIfAbsent(answer.statusCode(), s -> new AtomicInteger())
                          .incrementAndGet();
                    }
                  }));
    }
    CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
        .handle((nothing, error) -> null)
        .get(60, TimeUnit.SECONDS);
    assertThat(failures).as("seed " + seed).isEmpty();
    assertThat(statuses.keySet()).contains(400);
    assertThat(api.anonymous().get("/livez").status()).isEqualTo(200);
  }

  private static int status(Operation operation, TestHttp http) {
    HttpResponse<InputStream> answer = open(operation.request(http, CUSTOMER));
    close(answer);
    return answer.statusCode();
  }

  /** The whole answer; of a stream what comes until its second event has begun, or a heartbeat. */
  private static String text(Operation operation, TestHttp http) {
    return text(operation, http, CUSTOMER);
  }

  private static String text(Operation operation, TestHttp http, String customer) {
    HttpResponse<InputStream> answer = open(operation.request(http, customer));
    try (InputStream in = answer.body()) {
      if (!operation.isStream() || answer.statusCode() != 200) {
        return new String(in.readAllBytes(), UTF_8);
      }
      StringBuilder text = new StringBuilder();
      byte[] piece = new byte[8192];
      // Each stream greets with a heartbeat and shows what there is at once, or never.
      while (text.toString().split("\nevent: |^event: ", -1).length < 3
          && !text.toString().matches("(?s).*event: (snapshot|activity|kpis).*")) {
        int n = in.read(piece);
        if (n < 0) {
          break;
        }
        text.append(new String(piece, 0, n, UTF_8));
      }
      return text.toString();
    } catch (IOException e) {
      throw new AssertionError(operation.toString(), e);
    }
  }

  private static HttpResponse<InputStream> open(HttpRequest request) {
    try {
      return CLIENT.send(request, BodyHandlers.ofInputStream());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(request.toString(), e);
    }
  }

  private static void close(HttpResponse<InputStream> answer) {
    try {
      answer.body().close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static JsonNode json(byte[] value) {
    try {
      return Json.tree(value);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
