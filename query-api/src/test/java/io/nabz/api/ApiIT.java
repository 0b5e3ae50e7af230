package io.nabz.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.nabz.api.auth.EmbeddedIssuer;
import io.nabz.api.auth.Role;
import io.nabz.model.Alert;
import io.nabz.model.AlertState;
import io.nabz.model.CartState;
import io.nabz.model.ContactState;
import io.nabz.model.IdentifierNormaliser;
import io.nabz.model.IdentifierType;
import io.nabz.model.Json;
import io.nabz.model.Redirect;
import io.nabz.model.Snapshot;
import io.nabz.model.Topic;
import io.nabz.model.Touchpoint;
import io.nabz.testkit.TestBroker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API over a real broker and real HTTP. */
class ApiIT {
  private static final String JSON = "application/json";
  private static final String NDJSON = "application/x-ndjson";
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final SchemaCheck SCHEMAS = SchemaCheck.ofOpenApi();
  private static int names;
  private static TestBroker broker;

  @TempDir Path dataDir;
  private ApiServer server;

  @BeforeAll
  static void startBroker() {
    broker = TestBroker.own();
    broker.createContractTopics(3);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void startServer() {
    server = ApiServer.start(options());
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  @Test
  void whatCannotBeTakenIsRefusedWithAWordOnWhatToSend() {
    TestHttp http = as(Role.INGEST);
    String good = Samples.event("1", "C");
    assertProblem(http.post("/v1/events", "text/plain", good), 415, "application/x-ndjson");
    assertProblem(http.post("/v1/events", JSON, "[" + good), 400, "not JSON");
    assertProblem(http.post("/v1/events", JSON, ""), 400, "empty");
    assertProblem(http.post("/v1/events", JSON, "[]"), 400, "empty");
    String large = good.replace("voice", "v".repeat(300 * 1024));
    assertProblem(http.post("/v1/events", JSON, large), 413, "256 KiB");
    assertProblem(http.post("/v1/events", NDJSON, gzipBomb(), "gzip"), 413, "10 MiB");
    assertProblem(http.post("/v1/events", JSON, bytes("no gzip"), "gzip"), 400, "not gzip");
    assertProblem(http.post("/v1/events", JSON, bytes(good), "br"), 415, "gzip");
    assertProblem(
        http.post("/v1/events", JSON, good.replace("1234567890123456789.125", "1e99999")),
        400,
        "exponent");
    assertProblem(as(Role.ADMIN).get("/v1/events"), 405, "POST");
    assertProblem(as(Role.ADMIN).get("/v1/nothing"), 404, "/openapi.json");
    assertProblem(as(Role.AGENT).get("/v1/alerts?limit=501"), 400, "1 to 500");
    assertProblem(as(Role.AGENT).get("/v1/alerts?severity=huge"), 400, "critical");
    assertProblem(as(Role.AGENT).get("/v1/alerts?from=yesterday"), 400, "RFC 3339");
    assertProblem(as(Role.AGENT).get("/v1/alerts?cursor=x"), 400, "nextCursor");
    assertProblem(as(Role.AGENT).get("/v1/customers/nobody"), 404, "no event");
  }

  @Test
  void rolesOpenTheirRoutesAndNoOthers() {
    String event = Samples.event(name("e"), name("C"));
    for (Role role : Role.values()) {
      boolean feeds = role == Role.INGEST || role == Role.ADMIN;
      boolean looks = role == Role.AGENT || role == Role.SUPERVISOR || role == Role.ADMIN;
      boolean alerts = looks || role == Role.MARKETER;
      TestHttp http = as(role);
      assertThat(http.post("/v1/events", JSON, event).status()).isEqualTo(feeds ? 202 : 403);
      // A marketer reads of a customer what names nobody.
      assertThat(http.get("/v1/customers/none").status()).isEqualTo(alerts ? 404 : 403);
      assertThat(http.get("/v1/customers/by/phone/09120000000").status())
          .isEqualTo(looks ? 404 : 403);
      assertThat(http.get("/v1/activity").status()).isEqualTo(looks ? 200 : 403);
      assertThat(http.get("/v1/alerts").status()).isEqualTo(alerts ? 200 : 403);
      assertThat(http.post("/v1/tickets", JSON, "").status())
          .isEqualTo(role == Role.ADMIN ? 201 : 403);
      assertThat(http.get("/v1/me").json().at("/roles/0").asText()).isEqualTo(role.code());
    }
  }

  @Test
  void tokensThatDoNotHoldAreRefused() {
    EmbeddedIssuer issuer = EmbeddedIssuer.open(options().authDir());
    String good = token("default", Role.ADMIN);
    String expired = issuer.token("x", Set.of(Role.ADMIN), "default", Duration.ofMinutes(-5));
    String stranger =
        EmbeddedIssuer.open(dataDir.resolve("stranger"))
            .token("x", Set.of(Role.ADMIN), "default", Duration.ofHours(1));
    String[] parts = good.split("\\.");
    String none = base64("{\"alg\":\"none\"}") + "." + parts[1] + ".";
    String altered =
        parts[0]
            + "."
            + base64(
                new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8)
                    .replace("default", "another"))
            + "."
            + parts[2];
    assertThat(new TestHttp(server.port(), good).get("/v1/me").status()).isEqualTo(200);
    for (String bad : List.of(expired, stranger, none, altered, "nonsense", parts[0])) {
      TestHttp.Answer answer = new TestHttp(server.port(), bad).get("/v1/me");
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.header("WWW-Authenticate")).contains("invalid_token");
      assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    }
    assertThat(new TestHttp(server.port(), null).get("/v1/me").status()).isEqualTo(401);
  }

  @Test
  void aSignInLinkOpensASessionOnce() {
    String path = server.signInLink().substring(server.url().length());
    TestHttp anonymous = new TestHttp(server.port(), null);
    TestHttp.Answer signedIn = anonymous.get(path);
    assertThat(signedIn.status()).isEqualTo(303);
    assertThat(signedIn.header("Location")).endsWith("/");
    String cookie = signedIn.header("Set-Cookie");
    assertThat(cookie).contains("HttpOnly").contains("SameSite=Strict");
    String session = cookie.substring(0, cookie.indexOf(';'));
    assertThat(anonymous.get(path).status()).isEqualTo(401);

    // The session is signed with the kept key, so it outlives the server.
    server.close();
    server = ApiServer.start(options());
    assertThat(TestHttp.send(withCookie("/v1/me", session).GET().build()).status()).isEqualTo(200);
    HttpRequest forged = withCookie("/v1/tickets", session).POST(BodyPublishers.noBody()).build();
    assertThat(TestHttp.send(forged).status()).isEqualTo(403);
    HttpRequest signOut =
        withCookie("/v1/signout", session)
            .header("X-Requested-With", "nabz")
            .POST(BodyPublishers.noBody())
            .build();
    assertThat(TestHttp.send(signOut).status()).isEqualTo(204);
    assertThat(TestHttp.send(withCookie("/v1/me", session).GET().build()).status()).isEqualTo(401);
    // A session's token is good in its cookie only.
    assertThat(
            new TestHttp(server.port(), session.substring(session.indexOf('=') + 1))
                .get("/v1/me")
                .status())
        .isEqualTo(401);
  }

  @Test
  void aSnapshotIsServedFromTheTopicAndItsStreamFollows() {
    String customer = name("C") + "/a%b";
    String path = "/v1/customers/" + customer.replace("%", "%25").replace("/", "%2F");
    Snapshot first =
        Samples.snapshot(
            customer,
            7,
            List.of(Samples.contact("k-1", ContactState.QUEUED, Samples.TEN)),
            Samples.cart(CartState.ABANDONED, Samples.TEN),
            List.of(Samples.step("e-4", Samples.TEN.plusSeconds(4))));
    produce(first);
    // Out of order and one of them twice, as after a failure of the stream.
    for (int second : new int[] {3, 0, 4, 1, 2, 1}) {
      Touchpoint step = Samples.step("e-" + second, Samples.TEN.plusSeconds(second));
      broker.produce(Topic.TIMELINE.topicName(), "default/" + customer, Json.bytes(step));
    }
    TestHttp http = as(Role.AGENT);
    await().atMost(PATIENCE).until(() -> http.get(path).status() == 200);
    assertThat(http.get(path).json().get("version").asInt()).isEqualTo(7);
    assertFits("Snapshot", http.get(path));
    assertFits("Timeline", http.get(path + "/timeline"));
    assertFits("Activity", http.get("/v1/activity"));
    assertFits("Me", http.get("/v1/me"));
    assertThat(http.get("/v1/customers/by/phone/021-12345678").json().get("customerId").asText())
        .isNotEmpty();
    assertThat(new TestHttp(server.port(), token("other", Role.AGENT)).get(path).status())
        .isEqualTo(404);

    await()
        .atMost(PATIENCE)
        .until(() -> http.get(path + "/timeline").json().get("items").size() == 5);
    JsonNode page = http.get(path + "/timeline?limit=3").json();
    assertThat(page.get("items").findValuesAsText("eventId")).containsExactly("e-4", "e-3", "e-2");
    JsonNode rest =
        http.get(path + "/timeline?limit=3&cursor=" + page.get("nextCursor").asText()).json();
    assertThat(rest.get("items").findValuesAsText("eventId")).containsExactly("e-1", "e-0");
    assertThat(http.get(path + "/timeline?cursor=!").status()).isEqualTo(400);
    assertThat(rest.has("nextCursor")).isFalse();

    JsonNode floor = http.get("/v1/activity").json();
    assertThat(floor.findValuesAsText("customerId")).contains(customer);
    assertThat(floor.at("/totals/waiting").asInt()).isPositive();

    try (TestStream stream = http.stream(path + "/stream", null);
        TestStream floorStream = http.stream("/v1/activity/stream", null)) {
      await().atMost(PATIENCE).until(() -> stream.named("snapshot").size() == 1);
      await().atMost(PATIENCE).until(() -> floorStream.named("activity").size() == 1);
      produce(Samples.snapshot(customer, 6));
      produce(Samples.snapshot(customer, 8));
      await().atMost(PATIENCE).until(() -> stream.named("snapshot").size() == 2);
      assertThat(stream.named("snapshot").get(1).id()).isEqualTo("8");
      await().atMost(PATIENCE).until(() -> floorStream.named("activity").size() == 2);
      assertThat(floorStream.named("activity").get(1).data()).doesNotContain(customer);
    }
    assertThat(http.get(path).json().get("version").asInt()).isEqualTo(8);
  }

  @Test
  void alertsArriveOnceEachAcrossBreaksAndARestart() {
    String customer = name("C");
    TestHttp http = as(Role.AGENT);
    String filter = "?customerId=" + customer;
    awaitReady();
    String live = http.get("/v1/alerts" + filter).json().get("liveCursor").asText();
    List<String> all = new ArrayList<>();
    List<String> seen = new ArrayList<>();

    all.addAll(produceAlerts(customer, 0, 10));
    String last;
    try (TestStream stream = http.stream("/v1/alerts/stream" + filter + "&after=" + live, null)) {
      all.addAll(produceAlerts(customer, 10, 20));
      await().atMost(PATIENCE).until(() -> stream.alertIds().size() == 20);
      seen.addAll(stream.alertIds());
      last = stream.lastEventId();
    }
    // The same alerts again, as after a failure of the stream, are no news.
    produceAlerts(customer, 0, 20);
    all.addAll(produceAlerts(customer, 20, 30));
    await()
        .atMost(PATIENCE)
        .until(() -> http.get("/v1/alerts" + filter).json().get("items").size() == 30);
    server.close();
    server = ApiServer.start(options());
    TestHttp again = as(Role.AGENT);
    try (TestStream stream = again.stream("/v1/alerts/stream" + filter, last)) {
      all.addAll(produceAlerts(customer, 30, 40));
      await().atMost(PATIENCE).until(() -> stream.alertIds().size() == 20);
      seen.addAll(stream.alertIds());
      assertThat(stream.named("reset")).isEmpty();

      Alert retracted = Samples.in(AlertState.RETRACTED, Samples.alert(all.get(0), customer));
      produce(retracted);
      await().atMost(PATIENCE).until(() -> stream.alertIds().size() == 21);
      assertThat(stream.named("alert").get(20).json().get("state").asText()).isEqualTo("retracted");
    }
    assertThat(seen).containsExactlyInAnyOrderElementsOf(all);

    JsonNode first = again.get("/v1/alerts" + filter + "&limit=25").json();
    assertThat(first.get("items")).hasSize(25);
    assertFits("AlertPage", again.get("/v1/alerts" + filter));
    assertThat(first.at("/items/0/times/servedAt").isTextual()).isTrue();
    JsonNode second =
        again
            .get("/v1/alerts" + filter + "&limit=25&cursor=" + first.get("nextCursor").asText())
            .json();
    assertThat(second.get("items")).hasSize(15);
    assertThat(second.has("nextCursor")).isFalse();
    assertThat(again.get("/v1/alerts" + filter + "&state=retracted").json().get("items"))
        .hasSize(1);
  }

  @Test
  void anUnknownEventIdIsAnsweredWithAReset() {
    try (TestStream stream = as(Role.AGENT).stream("/v1/alerts/stream", "of-another-life-5")) {
      await().atMost(PATIENCE).until(() -> !stream.named("heartbeat").isEmpty());
      assertThat(stream.events().get(0).name()).isEqualTo("reset");
    }
  }

  @Test
  void aClientThatDoesNotReadHarmsNobody() throws IOException {
    awaitReady();
    String customer = name("C");
    String filter = "?customerId=" + customer;
    int alerts = 6_000;
    try (Socket deaf = new Socket();
        TestStream stream = as(Role.AGENT).stream("/v1/alerts/stream" + filter, null)) {
      deaf.setReceiveBufferSize(4096);
      deaf.connect(new InetSocketAddress("127.0.0.1", server.port()));
      OutputStream out = deaf.getOutputStream();
      out.write(
          bytes(
              "GET /v1/alerts/stream"
                  + filter
                  + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                  + token("default", Role.AGENT)
                  + "\r\n\r\n"));
      out.flush();
      await().atMost(PATIENCE).until(() -> !stream.events().isEmpty());
      await().atMost(PATIENCE).until(() -> metric("nabz_live_clients") == 2);
      List<String> sent = produceAlerts(customer, 0, alerts);
      await().atMost(PATIENCE).until(() -> stream.alertIds().size() == alerts);
      assertThat(stream.alertIds()).containsExactlyInAnyOrderElementsOf(sent);
      assertThat(stream.hasEnded()).isFalse();
    }
  }

  @Test
  void withTheBrokerAwayNothingIsAcknowledged() {
    awaitReady();
    String customer = name("C");
    TestHttp http = as(Role.INGEST);
    assertThat(http.post("/v1/events", JSON, Samples.event("1", customer)).status()).isEqualTo(202);
    broker.process().kill();
    TestHttp.Answer away = http.post("/v1/events", JSON, Samples.event("2", customer));
    assertThat(away.status()).isEqualTo(503);
    assertThat(away.header("Retry-After")).isNotNull();
    await().atMost(PATIENCE).until(() -> http.get("/readyz").status() == 503);
    assertThat(http.get("/readyz").json().at("/components/broker").asText()).contains("waiting");
    assertThat(as(Role.AGENT).get("/v1/alerts").status()).isEqualTo(200);

    broker.restart();
    await()
        .atMost(Duration.ofSeconds(40))
        .until(() -> http.post("/v1/events", JSON, Samples.event("3", customer)).status() == 202);
    assertThat(eventsOf(customer))
        .extracting(r -> Json.tree(r.value()).get("id").asText())
        .contains("1", "3");
    awaitReady();
  }

  @Test
  void aForeignHostNameIsNotAnsweredOnLoopback() throws IOException {
    assertThat(raw("GET /livez HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 421");
    assertThat(raw("GET /livez HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 200");
  }

  @Test
  void answersCarryTheHeadersThatProtectAPage() {
    TestHttp.Answer answer = new TestHttp(server.port(), null).get("/livez");
    assertThat(answer.header("Content-Security-Policy")).contains("frame-ancestors 'none'");
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(answer.header("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
  }

  @Test
  void pagesComeFromTheClassPathWithTheirCaching() {
    TestHttp http = new TestHttp(server.port(), null);
    assertThat(http.get("/").text()).contains("a page for tests");
    assertThat(http.get("/").header("Cache-Control")).isEqualTo("no-cache");
    TestHttp.Answer asset = http.get("/assets/app-1a2b.js");
    assertThat(asset.header("Cache-Control")).contains("immutable");
    assertThat(asset.header("Content-Type")).startsWith("text/javascript");
    for (String outside :
        List.of("/assets/../index.html/x.js", "/assets/%2e%2e/x.js", "/openapi.yaml")) {
      assertThat(http.get(outside).status()).as(outside).isIn(400, 404);
    }
  }

  private ApiOptions options() {
    return ApiOptions.of(broker.bootstrapServers(), dataDir).withPort(0);
  }

  private TestHttp as(Role role) {
    return new TestHttp(server.port(), token("default", role));
  }

  private String token(String tenant, Role role) {
    return EmbeddedIssuer.open(options().authDir())
        .token("test", Set.of(role), tenant, Duration.ofMinutes(10));
  }

  private void awaitReady() {
    TestHttp http = new TestHttp(server.port(), null);
    await().atMost(Duration.ofSeconds(40)).until(() -> http.get("/readyz").status() == 200);
  }

  private double metric(String name) {
    return new TestHttp(server.port(), null)
        .get("/metrics")
        .text()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElse(Double.NaN);
  }

  private static List<ConsumerRecord<byte[], byte[]>> eventsOf(String customer) {
    return broker.readAll(Topic.EVENTS.topicName()).stream()
        .filter(r -> new String(r.key(), UTF_8).endsWith("/" + customer))
        .toList();
  }

  @Test
  void whoeverTurnedOutToBeACustomerIsFoundThere() {
    String customer = name("C") + "/1";
    String visitor = "~" + name("v");
    String phone = "+98912" + (1_000_000 + Math.abs(customer.hashCode()) % 9_000_000);
    String provisional =
        new IdentifierNormaliser("IR")
            .normalise(IdentifierType.PHONE, phone)
            .provisionalCustomerId();
    produce(Samples.snapshot(customer, 3));
    for (String id : List.of(visitor, provisional)) {
      Redirect redirect = new Redirect(id, 2, Samples.TEN, customer);
      broker.produce(Topic.SNAPSHOTS.topicName(), "default/" + id, Json.bytes(redirect));
    }
    TestHttp http = as(Role.AGENT);
    String path = "/v1/customers/" + visitor;
    String there = "/v1/customers/" + customer.replace("/", "%2F");
    await().atMost(PATIENCE).until(() -> http.get(path).status() == 308);

    assertThat(http.get(path).header("Location")).endsWith(there);
    assertThat(http.get(path).header("Cache-Control")).isEqualTo("no-store");
    assertThat(http.get(path + "/timeline?limit=3").header("Location"))
        .endsWith(there + "/timeline?limit=3");
    assertThat(http.get(path + "/stream").status()).isEqualTo(308);
    await()
        .atMost(PATIENCE)
        .until(() -> http.get("/v1/customers/by/phone/" + phone).status() == 200);
    assertThat(http.get("/v1/customers/by/phone/" + phone).json().get("customerId").asText())
        .isEqualTo(customer);
  }

  private static void produce(Snapshot snapshot) {
    broker.produce(
        Topic.SNAPSHOTS.topicName(), "default/" + snapshot.customerId(), Json.bytes(snapshot));
  }

  private static void produce(Alert alert) {
    broker.produce(Topic.ALERTS.topicName(), "default/" + alert.customerId(), Json.bytes(alert));
  }

  private static List<String> produceAlerts(String customer, int from, int to) {
    List<String> ids = new ArrayList<>();
    for (int i = from; i < to; i++) {
      ids.add(customer + "-" + i);
    }
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers(), "linger.ms", 1),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (String id : ids) {
        producer.send(
            new ProducerRecord<>(
                Topic.ALERTS.topicName(),
                bytes("default/" + customer),
                Json.bytes(Samples.alert(id, customer))));
      }
      producer.flush();
    }
    return ids;
  }

  private HttpRequest.Builder withCookie(String path, String cookie) {
    return new TestHttp(server.port(), null).request(path).header("Cookie", cookie);
  }

  private String raw(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      socket.getOutputStream().write(bytes(request));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  private static void assertProblem(TestHttp.Answer answer, int status, String detail) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertFits("Problem", answer);
    assertThat(answer.json().get("status").asInt()).isEqualTo(status);
    assertThat(answer.json().get("detail").asText()).contains(detail);
  }

  private static void assertFits(String schema, TestHttp.Answer answer) {
    assertThat(SCHEMAS.errors(schema, answer.json())).as(answer.text()).isEmpty();
  }

  /** Each test has customers of its own, since all share the topics. */
  private static synchronized String name(String prefix) {
    return prefix + "-" + ++names;
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(bytes);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toByteArray();
  }

  /** Small on the way, over the limit once inflated. */
  private static byte[] gzipBomb() {
    return gzip(new byte[12 << 20]);
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(text));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
