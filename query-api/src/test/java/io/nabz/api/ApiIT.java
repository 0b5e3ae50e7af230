package io.nabz.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nabz.api.auth.Role;
import io.nabz.model.Json;
import io.nabz.testkit.TestBroker;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The API over a real broker and real HTTP: what it refuses, and what stands around every answer.
 */
class ApiIT {
  private static final String JSON = "application/json";
  private static final String NDJSON = "application/x-ndjson";
  private static final Duration PATIENCE = Duration.ofSeconds(20);
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
  void whatCannotBeTakenIsRefusedWithAWordOnWhatToSend() {
    TestHttp http = api.as(Role.INGEST);
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
    assertProblem(api.as(Role.ADMIN).get("/v1/events"), 405, "POST");
    assertProblem(api.as(Role.ADMIN).get("/v1/nothing"), 404, "/openapi.json");
    assertProblem(api.as(Role.AGENT).get("/v1/alerts?limit=501"), 400, "1 to 500");
    assertProblem(api.as(Role.AGENT).get("/v1/alerts?severity=huge"), 400, "critical");
    assertProblem(api.as(Role.AGENT).get("/v1/alerts?from=yesterday"), 400, "RFC 3339");
    assertProblem(api.as(Role.AGENT).get("/v1/alerts?cursor=x"), 400, "nextCursor");
    assertProblem(api.as(Role.AGENT).get("/v1/customers/nobody"), 404, "no event");
  }

  @Test
  void withTheBrokerAwayNothingIsAcknowledged() {
    api.awaitReady();
    String customer = SharedTopics.name("C");
    TestHttp http = api.as(Role.INGEST);
    assertThat(http.post("/v1/events", JSON, Samples.event("1", customer)).status()).isEqualTo(202);
    TOPICS.process().kill();
    try {
      TestHttp.Answer away = http.post("/v1/events", JSON, Samples.event("2", customer));
      assertThat(away.status()).isEqualTo(503);
      assertThat(away.header("Retry-After")).isNotNull();
      await().atMost(PATIENCE).until(() -> http.get("/readyz").status() == 503);
      assertThat(http.get("/readyz").json().at("/components/broker").asText()).contains("waiting");
      assertThat(api.as(Role.AGENT).get("/v1/alerts").status()).isEqualTo(200);
    } finally {
      // The other tests need it back, whatever became of this one.
      TOPICS.restart();
    }
    await()
        .atMost(Duration.ofSeconds(40))
        .until(() -> http.post("/v1/events", JSON, Samples.event("3", customer)).status() == 202);
    assertThat(SharedTopics.eventsOf(customer))
        .extracting(r -> Json.tree(r.value()).get("id").asText())
        .contains("1", "3");
    api.awaitReady();
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
    TestHttp.Answer answer = api.anonymous().get("/livez");
    assertThat(answer.header("Content-Security-Policy")).contains("frame-ancestors 'none'");
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(answer.header("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
  }

  @Test
  void pagesComeFromTheClassPathWithTheirCaching() {
    TestHttp http = api.anonymous();
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

  private String raw(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", api.port())) {
      socket.getOutputStream().write(bytes(request));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  private static void assertProblem(TestHttp.Answer answer, int status, String detail) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    SchemaCheck.assertFits("Problem", answer);
    assertThat(answer.json().get("status").asInt()).isEqualTo(status);
    assertThat(answer.json().get("detail").asText()).contains(detail);
  }

  /** Small on the way, over the limit once inflated. */
  private static byte[] gzipBomb() {
    return TestHttp.gzip(new byte[12 << 20]);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
