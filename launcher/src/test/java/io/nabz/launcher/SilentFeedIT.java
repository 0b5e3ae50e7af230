package io.nabz.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A feed that has stopped, from its heartbeats over HTTP to the supervisor's alerts. */
@Timeout(value = 4, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SilentFeedIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path dir;

  @Test
  void aFeedThatSentForAnHourAndStoppedIsAnAlertForSupervisors() throws Exception {
    Path dataDir = dir.resolve("nabz-data");
    String token = UpProcess.tokenOfAllRoles(dataDir);
    Instant now = Instant.now();
    try (UpProcess up = UpProcess.up(dataDir)) {
      StringBuilder stopped = new StringBuilder();
      for (int minute = 80; minute >= 20; minute -= 5) {
        stopped.append(heartbeat("/stopped", now.minus(Duration.ofMinutes(minute))));
      }
      send(up, token, stopped.toString());
      send(up, token, heartbeat("/goes-on", now));

      JsonNode alert =
          await()
              .atMost(PATIENCE)
              .until(
                  () -> up.get("/v1/alerts?ruleId=feed-silent", token).at("/items/0"),
                  node -> !node.isMissingNode());
      assertThat(alert.at("/title/en").asText()).isEqualTo("Nothing from /stopped for 15 minutes");
      assertThat(alert.at("/title/fa").asText()).contains("/stopped");
      assertThat(alert.get("audience").asText()).isEqualTo("supervisor");
      assertThat(alert.has("customerId")).isFalse();
    }
  }

  private static void send(UpProcess up, String token, String events) throws Exception {
    assertThat(up.post("/v1/events", token, "application/x-ndjson", events).statusCode())
        .isEqualTo(202);
  }

  private static String heartbeat(String source, Instant time) {
    return """
        {"specversion": "1.0", "id": "%s", "source": "%s", "type": "source.heartbeat", "time": "%s", "data": {}}
        """
        .formatted(time, source, time);
  }
}
