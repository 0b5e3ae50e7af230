package io.nabz.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.nabz.intake.EventIntake;
import io.nabz.intake.IntakeRecord;
import io.nabz.model.Event;
import io.nabz.model.EventTypes;
import io.nabz.model.Json;
import io.nabz.model.KpiFigures;
import io.nabz.testkit.Events;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The whole graph with a scorer of one's own, a real server on this machine. */
class OutsideScorerPipelineTest {
  @RegisterExtension static final MiniClusterExtension CLUSTER = BoundedPipeline.cluster();

  private static final String AWFUL = "This is awful and terrible";

  @TempDir Path dir;
  private final AtomicInteger asked = new AtomicInteger();
  private final CountDownLatch released = new CountDownLatch(1);
  private final ExecutorService serving = Executors.newCachedThreadPool();
  private HttpServer server;

  @BeforeEach
  void listen() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(serving);
    serve("/likes-everything", 200, "{\"score\": 0.9, \"topics\": [\"weather\"]}");
    serve("/broken", 500, "no");
    serve("/nonsense", 200, "{\"score\": 7}");
    server.createContext("/silent", exchange -> awaitRelease());
    server.start();
  }

  private void serve(String path, int status, String answer) {
    server.createContext(
        path,
        exchange -> {
          JsonNode question = Json.tree(exchange.getRequestBody().readAllBytes());
          boolean known =
              question.path("text").asText().equals(AWFUL)
                  && question.path("lang").asText().equals("en")
                  && "Bearer s3cret".equals(exchange.getRequestHeaders().getFirst("Authorization"));
          asked.addAndGet(known ? 1 : 1_000);
          byte[] body = answer.getBytes(UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
  }

  private void awaitRelease() {
    try {
      released.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @AfterEach
  void stop() {
    released.countDown();
    server.stop(0);
    serving.shutdownNow();
  }

  @Test
  void itsReadingHoldsAndOnlyTextsWithoutASentimentAreAsked() throws Exception {
    Map<String, KpiFigures.Mean> sentiments = run("/likes-everything");

    // One text of 0.9, one with -0.2 from upstream.
    assertThat(sentiments.get("voice").mean()).isEqualTo(0.35);
    assertThat(sentiments.get("voice.topic:weather").mean()).isEqualTo(0.9);
    assertThat(asked).hasValue(1);
  }

  @Test
  void theBuiltInOneReadsWhatItDoesNotAnswerInTime() throws Exception {
    assertThat(run(server.getAddress().getPort(), "/silent", "500ms").get("voice").mean())
        .isLessThan(-0.2);
  }

  @Test
  void theBuiltInOneReadsWhatItAnswersWrong() throws Exception {
    assertThat(run("/broken").get("voice").mean()).isLessThan(-0.2);
    assertThat(run("/nonsense").get("voice").mean()).isLessThan(-0.2);
    assertThat(asked).hasValue(2);
  }

  @Test
  void theBuiltInOneReadsWhenNobodyListens() throws Exception {
    int port = server.getAddress().getPort();
    server.stop(0);

    assertThat(run(port, "/gone", "500ms").get("voice").mean()).isLessThan(-0.2);
  }

  @Test
  void topicsOfOnesOwnTakeThePlaceOfTheShippedOnes() throws Exception {
    Path topics = Files.writeString(dir.resolve("topics.tsv"), "horror\ten\tawful\n");
    JobOptions options =
        JobOptions.from(
            Map.of("bootstrap-servers", "nowhere:9092", "topics-file", topics.toString()));

    assertThat(run(options)).containsKey("voice.topic:horror");
  }

  private Map<String, KpiFigures.Mean> run(String path) throws Exception {
    return run(server.getAddress().getPort(), path, "10s");
  }

  private Map<String, KpiFigures.Mean> run(int port, String path, String timeout) throws Exception {
    Path token = Files.writeString(dir.resolve("token"), "s3cret\n");
    JobOptions options =
        JobOptions.from(
            Map.of(
                "bootstrap-servers",
                "nowhere:9092",
                "scorer-url",
                "http://127.0.0.1:" + port + path,
                "scorer-token-file",
                token.toString(),
                "scorer-timeout",
                timeout));
    assertThat(options.toString()).doesNotContain("s3cret");
    return run(options);
  }

  /** Sentiments of the day by dimension. */
  private static Map<String, KpiFigures.Mean> run(JobOptions options) throws Exception {
    Events customer = Events.of("C-1");
    List<Event> events = new ArrayList<>();
    events.add(
        customer.event(
            "m",
            EventTypes.MESSAGE_RECEIVED,
            Events.data().put("channel", "chat").put("text", AWFUL).put("lang", "en")));
    events.add(customer.message("known", AWFUL, -0.2));
    events.add(customer.cartItemAdded("cart", "shoes", 9));
    EventIntake intake = new EventIntake("IR");
    long received = Events.START.plus(Duration.ofMinutes(1)).toEpochMilli();
    List<IntakeRecord> records =
        events.stream().map(e -> intake.read(e.toBytes(), received, () -> "events/0/0")).toList();
    BoundedPipeline pipeline = new BoundedPipeline(records, options);
    CloseableIterator<Outbound> kpis = pipeline.outputs().kpis().collectAsync();
    pipeline.start();
    Map<String, KpiFigures> newest = new java.util.HashMap<>();
    while (kpis.hasNext()) {
      KpiFigures figures = Json.read(kpis.next().value, KpiFigures.class);
      if (figures.interval().code().equals("1d") && figures.sentiment() != null) {
        newest.merge(figures.dimension(), figures, (a, b) -> b.version() >= a.version() ? b : a);
      }
    }
    return newest.entrySet().stream()
        .collect(
            java.util.stream.Collectors.toMap(Map.Entry::getKey, e -> e.getValue().sentiment()));
  }
}
