package io.nabz.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.nabz.api.auth.Role;
import io.nabz.api.auth.Scope;
import io.nabz.testkit.TestBroker;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What vandals get. */
class MalformedIT {
  private static final int MALFORMED = 10_000;
  private static final int AT_ONCE = 8;
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
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
}
