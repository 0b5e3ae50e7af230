package io.nabz.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rule that is started warm beside one that is not, with all parts running. */
class WarmStartIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int CUSTOMERS = 5;

  private static final String RULE =
      """
      name: {en: Looked at prices and calls, fa: قیمت‌ها را دید و تماس گرفت}
      audience: agent
      pattern:
        - {as: view, type: page.viewed, where: "event.data.topic == 'price'"}
        - {as: call, type: contact.initiated}
      within: 1h
      then: {title: {en: t, fa: ت}}
      """;

  @TempDir Path dir;
  private Path dataDir;
  private String token;
  private int sent;

  @Test
  void whatBeganBeforeItIsCompletedWithTheWarmOneOnly() throws Exception {
    dataDir = dir.resolve("nabz-data");
    token = UpProcess.tokenOfAllRoles(dataDir);
    try (UpProcess up = UpProcess.up(dataDir)) {
      for (int i = 0; i < CUSTOMERS; i++) {
        send(up, "page.viewed", "C-" + i, "\"topic\": \"price\"");
      }
      String last = "C-" + (CUSTOMERS - 1);
      await()
          .atMost(PATIENCE)
          .until(() -> up.get("/v1/customers/" + last, token).has("customerId"));

      assertThat(put(up, "cold", RULE)).isEqualTo(200);
      assertThat(
              put(up, "across?start=warm", RULE.replace("within", "ordering: eventTime\nwithin")))
          .isEqualTo(400);
      assertThat(put(up, "warm?start=warm", RULE)).isEqualTo(200);
      // While it is started, and after.
      send(up, "contact.initiated", "C-0", "\"contactId\": \"k-0\", \"channel\": \"voice\"");
      await().atMost(PATIENCE).until(() -> Set.of("warm", "cold").contains(state(up)));
      JsonNode start = up.get("/v1/rules/warm", token).at("/status/start");
      assertThat(start.path("state").asText()).as(start.toString()).isEqualTo("warm");
      for (int i = 1; i < CUSTOMERS; i++) {
        send(
            up,
            "contact.initiated",
            "C-" + i,
            "\"contactId\": \"k-%d\", \"channel\": \"voice\"".formatted(i));
      }

      await().atMost(PATIENCE).until(() -> alerts(up, "warm") == CUSTOMERS);
      assertThat(alerts(up, "cold"))
          .as("of what came before it the cold one knows nothing")
          .isZero();
      send(up, "page.viewed", "C-0", "\"topic\": \"price\"");
      send(up, "contact.initiated", "C-0", "\"contactId\": \"k-x\", \"channel\": \"voice\"");
      await()
          .atMost(PATIENCE)
          .until(() -> alerts(up, "cold") == 1 && alerts(up, "warm") == CUSTOMERS + 1);
      up.process().destroy();
      assertThat(up.awaitExit()).as(up.talk()).isZero();
    }
  }

  private String state(UpProcess up) throws Exception {
    return up.get("/v1/rules/warm", token).at("/status/start/state").asText();
  }

  private int put(UpProcess up, String id, String rule) throws Exception {
    return up.put("/v1/rules/" + id, token, rule).statusCode();
  }

  private void send(UpProcess up, String type, String customer, String data) throws Exception {
    sent++;
    String event =
        """
        {"specversion": "1.0", "id": "v-%d", "source": "/shop", "type": "%s",
         "time": "%s", "subject": "%s", "data": {%s}}
        """
            .formatted(sent, type, Instant.now(), customer, data);
    assertThat(up.post("/v1/events", token, "application/cloudevents+json", event).statusCode())
        .isEqualTo(202);
  }

  private int alerts(UpProcess up, String ruleId) throws Exception {
    return up.get("/v1/alerts?limit=500&ruleId=" + ruleId, token).path("items").size();
  }
}
