package io.nabz.launcher;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.nabz.model.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One trouble of many customers, from events over HTTP to the supervisor's page. */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AcrossCustomersIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern LINK = Pattern.compile("http://[^ ]+/signin\\?ticket=[\\w-]+");

  private static final String RULE =
      """
      name: {en: A task fails for many, fa: کاری برای چند نفر ناموفق}
      audience: supervisor
      across: customers
      by: data.task
      pattern:
        - {as: fail, type: selfservice.failed, aggregate: {function: distinct, field: customerId, window: 10m, atLeast: 5}}
      cooldown: 30m
      then: {title: {en: "{{by}} fails for five", fa: "{{by}} برای پنج نفر ناموفق"}}
      """;

  @TempDir Path dir;
  private final HttpClient http = HttpClient.newHttpClient();
  private Path dataDir;
  private String token;
  private int sent;

  @Test
  void oneTroubleOfFiveCustomersIsOneAlertForTheSupervisorWithoutACustomer() throws Exception {
    dataDir = dir.resolve("nabz-data");
    token = UpProcess.tokenOfAllRoles(dataDir);
    try (UpProcess up = UpProcess.up(dataDir);
        Stream stream = new Stream()) {
      String refused = put(up, RULE.replace("supervisor", "agent"));
      assertThat(refused).contains("/audience").contains("write audience: supervisor");
      assertThat(put(up, RULE)).contains("\"version\":1");

      // The rule is at work once the five of some task have made an alert.
      await().atMost(PATIENCE).until(() -> fail(up, "warm-" + sent, 5) && alerts(up).size() > 0);
      assertThat(fail(up, "track", 4)).isTrue();
      assertThat(fail(up, "track", 5)).isTrue();

      JsonNode live = stream.await("track fails for five");
      assertThat(live.has("customerId")).isFalse();
      assertThat(live.get("audience").asText()).isEqualTo("supervisor");
      JsonNode listed =
          await().atMost(PATIENCE).until(() -> of("track", alerts(up)), n -> n != null);
      assertThat(listed.get("alertId")).isEqualTo(live.get("alertId"));
      assertThat(listed.get("evidence").size()).isGreaterThanOrEqualTo(5);

      seeOnThePage(up, live.get("alertId").asText());
    }
  }

  private void seeOnThePage(UpProcess up, String alertId) {
    try (Browser browser = Browser.open()) {
      Page page = browser.visitor();
      Matcher link = LINK.matcher(up.talk());
      assertThat(link.find()).as(up.talk()).isTrue();
      page.navigate(link.group());
      for (String language : new String[] {"fa", "en"}) {
        Locator root = page.locator("html");
        if (!language.equals(root.getAttribute("lang"))) {
          page.locator("[data-testid=language-switch]").click();
        }
        Locator card = page.locator("[data-alert-id='" + alertId + "']");
        assertThat(card)
            .containsText(
                language.equals("fa") ? "\u2068track\u2069 برای پنج نفر" : "track fails for five");
        assertThat(card).containsText(language.equals("fa") ? "چندین مشتری" : "Many customers");
        assertThat(card.locator("a")).hasCount(0);
      }
    }
  }

  private String put(UpProcess up, String rule) throws Exception {
    return up.put("/v1/rules/fails", token, rule).body();
  }

  /** The same task fails for so many customers. */
  private boolean fail(UpProcess up, String task, int customers) throws Exception {
    boolean taken = true;
    for (int customer = 0; customer < customers; customer++) {
      String event =
          """
          {"specversion": "1.0", "id": "f-%d", "source": "/ivr", "type": "selfservice.failed",
           "time": "%s", "subject": "C-%d", "data": {"task": "%s", "channel": "ivr"}}
          """
              .formatted(sent++, Instant.now(), customer, task);
      taken &=
          up.post("/v1/events", token, "application/cloudevents+json", event).statusCode() == 202;
    }
    return taken;
  }

  private JsonNode alerts(UpProcess up) throws Exception {
    return up.get("/v1/alerts?audience=supervisor&ruleId=fails&limit=100", token).path("items");
  }

  private static JsonNode of(String task, JsonNode alerts) {
    for (JsonNode alert : alerts) {
      if (alert.at("/title/en").asText().startsWith(task + " ")) {
        return alert;
      }
    }
    return null;
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(ServiceFile.of(dataDir).apiUrl() + path))
        .header("Authorization", "Bearer " + token);
  }

  /** The live alerts, read until the one that is waited for. */
  private final class Stream implements AutoCloseable {
    private final InputStream body;

    Stream() throws IOException, InterruptedException {
      body =
          http.send(
                  request("/v1/alerts/stream?audience=supervisor").build(),
                  BodyHandlers.ofInputStream())
              .body();
    }

    JsonNode await(String title) throws IOException {
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("data:") && line.contains(title)) {
          return Json.tree(line.substring("data:".length()).getBytes(StandardCharsets.UTF_8));
        }
      }
      throw new AssertionError("the stream ended");
    }

    @Override
    public void close() throws IOException {
      body.close();
    }
  }
}
