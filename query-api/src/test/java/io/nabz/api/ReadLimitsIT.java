package io.nabz.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nabz.api.auth.Role;
import io.nabz.testkit.TestBroker;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How often a credential may ask. */
class ReadLimitsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final int A_SECOND = 5;

  /** Two seconds of silence may be made up for at once. */
  private static final int AT_ONCE = 2 * A_SECOND;

  private static final TestBroker TOPICS = SharedTopics.broker();

  @TempDir Path dataDir;
  private TestApi api;

  @BeforeEach
  void start() {
    api =
        TestApi.start(
            ApiOptions.of(TOPICS.bootstrapServers(), dataDir)
                .withPort(0)
                .withReadsPerSecond(A_SECOND));
    api.awaitReady();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void whoAsksTooOftenIsToldWhenToComeBackAndHoldsUpNobodyElse() {
    TestHttp eager = api.as("default", "eager", Role.SUPERVISOR);
    TestHttp.Answer answer = eager.get("/v1/segments");
    int asked = 1;
    // Some more than may be asked at once come back while the asking goes on; not a hundred.
    while (answer.status() == 200 && asked < 100) {
      answer = eager.get("/v1/segments");
      asked++;
    }
    assertThat(answer.status()).isEqualTo(429);
    assertThat(asked).isGreaterThan(AT_ONCE);
    assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(1, 2);
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    assertThat(answer.json().get("detail").asText()).contains("5 times a second");
    assertThat(SchemaCheck.ofOpenApi().errors("Problem", answer.json())).isEmpty();
    assertThat(eager.get("/v1/alerts/stream").status())
        .as("opening a stream is asking")
        .isEqualTo(429);
    assertThat(api.as("default", "calm", Role.SUPERVISOR).get("/v1/segments").status())
        .isEqualTo(200);
    assertThat(api.anonymous().get("/readyz").status()).isEqualTo(200);
    assertThat(eager.post("/v1/alerts/none/seen", "application/json", "{}").status())
        .as("what people do is no asking")
        .isEqualTo(404);
    await().atMost(PATIENCE).until(() -> eager.get("/v1/segments").status() == 200);
  }
}
