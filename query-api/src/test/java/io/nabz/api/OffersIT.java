package io.nabz.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.nabz.api.auth.Role;
import io.nabz.model.Alert;
import io.nabz.model.Json;
import io.nabz.model.Topic;
import io.nabz.testkit.TestBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The effect of offers, from the topics to HTTP. */
class OffersIT {
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final Instant DUE = Samples.TEN;

  @TempDir Path dataDir;
  private TestBroker broker;
  private TestApi api;

  @BeforeEach
  void start() {
    broker = TestBroker.own();
    broker.createContractTopics(1);
    api = TestApi.start(broker, dataDir);
    api.awaitReady();
  }

  @AfterEach
  void stop() {
    api.close();
    broker.close();
  }

  @Test
  void marketersReadTheUpliftOfAnOfferAgainstTheHoldOut() {
    TestHttp marketer = api.as(Role.MARKETER);
    JsonNode empty = marketer.get("/v1/offers").json();
    assertThat(SchemaCheck.ofOpenApi().errors("Offers", empty)).isEmpty();
    assertThat(empty.get("items")).isEmpty();

    // 9 of 10 who were told ordered, and 3 of 10 who were not.
    for (int i = 0; i < 10; i++) {
      due("x" + i, false);
      due("h" + i, true);
      if (i < 9) {
        order("x" + i);
      }
      if (i < 3) {
        order("h" + i);
      }
    }
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              JsonNode item = marketer.get("/v1/offers?window=24h").json().at("/items/0");
              assertThat(item.at("/exposed/conversions").asInt()).isEqualTo(9);
              assertThat(item.at("/heldOut/conversions").asInt()).isEqualTo(3);
              assertThat(item.at("/heldOut/customers").asInt()).isEqualTo(10);
            });
    JsonNode offers = marketer.get("/v1/offers?window=24h").json();
    assertThat(SchemaCheck.ofOpenApi().errors("Offers", offers)).isEmpty();
    assertThat(offers.get("windowSeconds").asInt()).isEqualTo(24 * 60 * 60);
    // Newcombe 1998, method 10: 9/10 and 3/10 make 0.6 (0.1705 to 0.8090).
    JsonNode uplift = offers.at("/items/0/uplift");
    assertThat(uplift.get("difference").asDouble()).isEqualTo(0.6);
    assertThat(uplift.get("low").asDouble()).isEqualTo(0.1705);
    assertThat(uplift.get("high").asDouble()).isEqualTo(0.8090);
    assertThat(uplift.get("clear").asBoolean()).isTrue();
    assertThat(offers.toString()).as("it names nobody").doesNotContain("x1", "h1");
    assertThat(api.as("other", "stranger", Role.ADMIN).get("/v1/offers").json().get("items"))
        .isEmpty();

    api.restart();
    api.awaitReady();
    assertThat(api.as(Role.SUPERVISOR).get("/v1/offers?window=24h").json()).isEqualTo(offers);
  }

  @Test
  void agentsMayNotAndWhatCannotBeReadIsExplained() {
    assertThat(api.as(Role.AGENT).get("/v1/offers").status()).isEqualTo(403);
    TestHttp http = api.as(Role.SUPERVISOR);
    for (String wrong : new String[] {"window=soon", "window=91d"}) {
      TestHttp.Answer answer = http.get("/v1/offers?" + wrong);
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.json().path("detail").asText()).startsWith("window: send");
    }
    assertThat(http.get("/v1/offers?from=2026-11-22T10:00:00Z&to=2026-11-22T10:00:00Z").status())
        .isEqualTo(400);
  }

  private void due(String customer, boolean heldOut) {
    Alert alert = OfferSamples.due("due-" + customer, customer, heldOut, DUE);
    broker.produce(Topic.ALERTS.topicName(), "default/" + customer, Json.bytes(alert));
  }

  private void order(String customer) {
    broker.produce(
        Topic.TIMELINE.topicName(),
        "default/" + customer,
        Json.bytes(OfferSamples.order("order-" + customer, DUE.plusSeconds(60))));
  }
}
