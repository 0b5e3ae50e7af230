package io.nabz.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An erasure through all of it: stream, views, search index, timeline, alerts, identity, restart.
 */
class ErasureIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String CUSTOMER = "C-to-erase";
  private static final String PHONE = "+989350001122";

  @TempDir Path dir;
  private final HttpClient http = HttpClient.newHttpClient();
  private Path dataDir;
  private String token;
  private UpProcess up;
  private int sent;

  @Test
  void afterAnErasureNothingOfTheCustomerIsLeftAnywhereAlsoAfterARestart() throws Exception {
    dataDir = dir.resolve("nabz-data");
    token = UpProcess.tokenOfAllRoles(dataDir);
    try (UpProcess first = UpProcess.up(dataDir)) {
      up = first;
      live(CUSTOMER);
      await().atMost(PATIENCE).untilAsserted(() -> assertThat(shown()).doesNotContain(false));

      assertThat(delete("/v1/customers/" + CUSTOMER)).isEqualTo(202);
      await().atMost(PATIENCE).untilAsserted(() -> assertThat(shown()).doesNotContain(true));

      assertThat(
              get("/v1/voice?from=" + encoded(Instant.now().minus(Duration.ofHours(1)).toString()))
                  .toString())
          .doesNotContain("zzmarker");

      // The number leads to nobody: who calls from it now is a stranger without a past.
      send("contact.initiated", null, "\"identifiers\": {\"phone\": \"" + PHONE + "\"}");
      await()
          .atMost(PATIENCE)
          .until(() -> get("/v1/customers/by/phone/" + PHONE).has("customerId"));
      JsonNode stranger = get("/v1/customers/by/phone/" + PHONE);
      assertThat(stranger.get("customerId").asText()).startsWith("~");
      assertThat(stranger.toString()).doesNotContain(CUSTOMER).doesNotContain("Nobody Known");
      first.process().destroy();
      assertThat(first.awaitExit()).as(first.talk()).isZero();
    }

    try (UpProcess again = UpProcess.up(dataDir)) {
      up = again;
      assertThat(shown().subList(0, 1)).containsExactly(false);
      assertThat(get("/v1/alerts?customerId=" + CUSTOMER).path("items")).isEmpty();

      // One who comes back under the same id begins anew: one call, and no name.
      send("contact.initiated", CUSTOMER, "\"contactId\": \"k-new\"");
      await().atMost(PATIENCE).until(() -> get("/v1/customers/" + CUSTOMER).has("customerId"));
      JsonNode anew = get("/v1/customers/" + CUSTOMER);
      assertThat(anew.at("/history/counts/contact.voice/24h").asInt()).isEqualTo(1);
      assertThat(anew.toString()).doesNotContain("Nobody Known").doesNotContain(PHONE);
      again.process().destroy();
      assertThat(again.awaitExit()).as(again.talk()).isZero();
    }
  }

  /** Everything that leaves a trace: calls that alert, words, a name, a number. */
  private void live(String customer) throws Exception {
    for (int i = 0; i < 4; i++) {
      send(
          "contact.initiated",
          customer,
          "\"contactId\": \"k-" + i + "\", \"identifiers\": {\"phone\": \"" + PHONE + "\"}");
    }
    send("profile.updated", customer, "\"attributes\": {\"name\": \"Nobody Known\"}");
    send("message.received", customer, "\"contactId\": \"k-9\", \"text\": \"very bad zzmarker\"");
  }

  /** Whether the customer shows in the snapshot, by number, in search, timeline, alerts. */
  private List<Boolean> shown() throws Exception {
    return List.of(
        get("/v1/customers/" + CUSTOMER).has("customerId"),
        get("/v1/customers/by/phone/" + PHONE).path("customerId").asText().equals(CUSTOMER),
        get("/v1/customers?q=" + encoded("nobody known")).path("total").asInt() > 0,
        get("/v1/customers/" + CUSTOMER + "/timeline").toString().contains("zzmarker"),
        !get("/v1/alerts?customerId=" + CUSTOMER).path("items").isEmpty());
  }

  private void send(String type, String subject, String data) throws Exception {
    String event =
        """
        {"specversion": "1.0", "id": "x-%d", "source": "/pbx/test", "type": "%s", "time": "%s",
         %s "data": {"channel": "voice", %s}}
        """
            .formatted(
                ++sent,
                type,
                Instant.now(),
                subject == null ? "" : "\"subject\": \"" + subject + "\",",
                data);
    assertThat(up.post("/v1/events", token, "application/cloudevents+json", event).statusCode())
        .isEqualTo(202);
  }

  private JsonNode get(String path) throws Exception {
    return up.get(path, token);
  }

  private int delete(String path) throws Exception {
    return http.send(
            HttpRequest.newBuilder(URI.create(ServiceFile.of(dataDir).apiUrl() + path))
                .header("Authorization", "Bearer " + token)
                .DELETE()
                .build(),
            BodyHandlers.discarding())
        .statusCode();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
