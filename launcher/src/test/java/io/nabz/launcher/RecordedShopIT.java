package io.nabz.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.nabz.api.auth.EmbeddedIssuer;
import io.nabz.api.auth.Role;
import io.nabz.model.Json;
import io.nabz.testkit.RecordedData;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Shops' carts through the whole service, against figures known before. */
@Timeout(value = 15, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RecordedShopIT {
  private static final String CLICKS = "clicks-taobao/UserBehavior_sample.csv.gz";
  private static final String SESSIONS = "sessions-otto/train_20_sessions.jsonl";
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration REST = Duration.ofMinutes(30);

  @TempDir Path dir;
  private Path dataDir;
  private String token;

  /** One service for both, the older recording first, as its clock never goes back. */
  @Test
  void theRecordingsGiveTheirCarts() throws Exception {
    for (String recording : List.of(CLICKS, SESSIONS)) {
      assumeTrue(RecordedData.find(recording).isPresent(), RecordedData.missing(recording));
    }
    dataDir = dir.resolve("nabz-data");
    try (UpProcess up = UpProcess.up(dataDir)) {
      token =
          EmbeddedIssuer.open(dataDir.resolve("auth"))
              .token("test", Set.of(Role.ADMIN), "default", Duration.ofHours(1));
      cartsOfTheClicksAreAbandoned(up);
      cartsOfTheSessionsAreAbandoned(up);
    }
  }

  private void replay(String format, Path file) throws Exception {
    try (UpProcess replay = UpProcess.run(dataDir, "replay", format, file.toString())) {
      assertThat(replay.process().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
          .as(replay.talk())
          .isTrue();
      assertThat(replay.process().exitValue()).as(replay.talk()).isZero();
    }
  }

  private void cartsOfTheClicksAreAbandoned(UpProcess up) throws Exception {
    Map<String, Long> lastCart = new HashMap<>();
    long end = 0;
    for (String line : lines(CLICKS)) {
      String[] cells = line.split(",");
      // The last row is cut off in the middle of its time.
      if (cells.length == 5 && cells[4].length() == 10) {
        long at = Long.parseLong(cells[4]);
        end = Math.max(end, at);
        if (cells[3].equals("cart")) {
          lastCart.merge(cells[0], at, Math::max);
        }
      }
    }
    long lastStart = end - REST.toSeconds();
    lastCart.values().removeIf(at -> at > lastStart);
    assertThat(lastCart).hasSize(3_435);
    replay("taobao", RecordedData.find(CLICKS).orElseThrow());
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(abandonedAfter(up, lastCart)).isEqualTo(3_409));
  }

  /** Customers with an alert that holds, of a cart that was last touched at that very second. */
  private long abandonedAfter(UpProcess up, Map<String, Long> lastCart) throws Exception {
    long customers = 0;
    String cursor = null;
    do {
      String question = "/v1/alerts?ruleId=cart-abandoned&limit=500&from=2017-01-01T00:00:00Z";
      JsonNode page = up.get(cursor == null ? question : question + "&cursor=" + cursor, token);
      for (JsonNode alert : page.path("items")) {
        Long last = lastCart.get(alert.path("customerId").asText());
        String touched = alert.at("/evidence/0/time").asText("1970-01-01T00:00:00Z");
        boolean holds = !alert.path("state").asText().equals("retracted");
        if (last != null && holds && Instant.parse(touched).getEpochSecond() == last) {
          customers++;
        }
      }
      cursor = page.path("nextCursor").asText(null);
    } while (cursor != null);
    return customers;
  }

  private void cartsOfTheSessionsAreAbandoned(UpProcess up) throws Exception {
    List<String> sessions = new ArrayList<>();
    for (String line : Files.readAllLines(RecordedData.find(SESSIONS).orElseThrow())) {
      sessions.add(Json.tree(line.getBytes(UTF_8)).path("session").asText());
    }
    replay("otto", RecordedData.find(SESSIONS).orElseThrow());
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              long carts = 0;
              long abandoned = 0;
              long withCart = 0;
              long withOrder = 0;
              for (String session : sessions) {
                Timeline timeline = timeline(up, session);
                carts += timeline.carts.size();
                abandoned += timeline.carts.stream().filter(timeline::isLeft).count();
                withCart += timeline.carts.isEmpty() ? 0 : 1;
                withOrder += timeline.orders.isEmpty() ? 0 : 1;
              }
              assertThat(List.of(carts, abandoned, withCart, withOrder))
                  .as("cart events, those left for 30 min, sessions with carts, with orders")
                  .containsExactly(52L, 43L, 7L, 3L);
            });
  }

  /** What a visitor's timeline tells of carts. */
  private record Timeline(List<Instant> carts, List<Instant> orders) {
    boolean isLeft(Instant cart) {
      return orders.stream()
          .noneMatch(order -> order.isAfter(cart) && !order.isAfter(cart.plus(REST)));
    }
  }

  private Timeline timeline(UpProcess up, String session) throws Exception {
    Timeline timeline = new Timeline(new ArrayList<>(), new ArrayList<>());
    JsonNode visitor = up.get("/v1/customers/by/anonymousId/otto-" + session, token);
    String path = "/v1/customers/" + encoded(visitor.path("customerId").asText()) + "/timeline";
    String cursor = null;
    do {
      JsonNode page =
          up.get(path + "?limit=500" + (cursor == null ? "" : "&cursor=" + cursor), token);
      for (JsonNode touchpoint : page.path("items")) {
        Instant at = Instant.parse(touchpoint.path("time").asText());
        switch (touchpoint.path("type").asText()) {
          case "cart.item_added" -> timeline.carts.add(at);
          case "order.placed" -> timeline.orders.add(at);
          default -> {
            // Clicks.
          }
        }
      }
      cursor = page.path("nextCursor").asText(null);
    } while (cursor != null);
    return timeline;
  }

  private static String encoded(String id) {
    return java.net.URLEncoder.encode(id, UTF_8);
  }

  private static List<String> lines(String recording) throws IOException {
    Path file = RecordedData.find(recording).orElseThrow();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), UTF_8))) {
      return reader.lines().toList();
    }
  }
}
