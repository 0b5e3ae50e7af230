package io.nabz.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.nabz.api.auth.Role;
import io.nabz.model.CartState;
import io.nabz.model.ContactState;
import io.nabz.model.IdentifierNormaliser;
import io.nabz.model.IdentifierType;
import io.nabz.model.Json;
import io.nabz.model.Redirect;
import io.nabz.model.Snapshot;
import io.nabz.model.Topic;
import io.nabz.model.Touchpoint;
import io.nabz.testkit.TestBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Customers as the topics tell of them, over real HTTP. */
class SnapshotIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final TestBroker TOPICS = SharedTopics.broker();

  @TempDir static Path dataDir;
  private static TestApi api;

  @BeforeAll
  static void start() {
    api = TestApi.start(TOPICS, dataDir);
    // What other tests have left is no news to streams that begin later.
    api.awaitReady();
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @Test
  void aSnapshotIsServedFromTheTopicAndItsStreamFollows() {
    String customer = SharedTopics.name("C") + "/a%b";
    String path = "/v1/customers/" + customer.replace("%", "%25").replace("/", "%2F");
    Snapshot first =
        Samples.snapshot(
            customer,
            7,
            List.of(Samples.contact("k-1", ContactState.QUEUED, Samples.TEN)),
            Samples.cart(CartState.ABANDONED, Samples.TEN),
            List.of(Samples.step("e-4", Samples.TEN.plusSeconds(4))));
    produce(first);
    // Out of order and one of them twice, as after a failure of the stream.
    for (int second : new int[] {3, 0, 4, 1, 2, 1}) {
      Touchpoint step = Samples.step("e-" + second, Samples.TEN.plusSeconds(second));
      TOPICS.produce(Topic.TIMELINE.topicName(), "default/" + customer, Json.bytes(step));
    }
    TestHttp http = api.as(Role.AGENT);
    await().atMost(PATIENCE).until(() -> http.get(path).status() == 200);
    assertThat(http.get(path).json().get("version").asInt()).isEqualTo(7);
    SchemaCheck.assertFits("Snapshot", http.get(path));
    SchemaCheck.assertFits("Timeline", http.get(path + "/timeline"));
    SchemaCheck.assertFits("Activity", http.get("/v1/activity"));
    SchemaCheck.assertFits("Me", http.get("/v1/me"));
    assertThat(http.get("/v1/customers/by/phone/021-12345678").json().get("customerId").asText())
        .isNotEmpty();
    assertThat(api.as("other", "test", Role.AGENT).get(path).status()).isEqualTo(404);

    await()
        .atMost(PATIENCE)
        .until(() -> http.get(path + "/timeline").json().get("items").size() == 5);
    JsonNode page = http.get(path + "/timeline?limit=3").json();
    assertThat(page.get("items").findValuesAsText("eventId")).containsExactly("e-4", "e-3", "e-2");
    JsonNode rest =
        http.get(path + "/timeline?limit=3&cursor=" + page.get("nextCursor").asText()).json();
    assertThat(rest.get("items").findValuesAsText("eventId")).containsExactly("e-1", "e-0");
    assertThat(http.get(path + "/timeline?cursor=!").status()).isEqualTo(400);
    assertThat(rest.has("nextCursor")).isFalse();

    JsonNode floor = http.get("/v1/activity").json();
    assertThat(floor.findValuesAsText("customerId")).contains(customer);
    assertThat(floor.at("/totals/waiting").asInt()).isPositive();

    try (TestStream stream = http.stream(path + "/stream", null);
        TestStream floorStream = http.stream("/v1/activity/stream", null)) {
      await().atMost(PATIENCE).until(() -> stream.named("snapshot").size() == 1);
      await().atMost(PATIENCE).until(() -> floorStream.named("activity").size() == 1);
      produce(Samples.snapshot(customer, 6));
      produce(Samples.snapshot(customer, 8));
      await().atMost(PATIENCE).until(() -> stream.named("snapshot").size() == 2);
      assertThat(stream.named("snapshot").get(1).id()).isEqualTo("8");
      await().atMost(PATIENCE).until(() -> floorStream.named("activity").size() == 2);
      assertThat(floorStream.named("activity").get(1).data()).doesNotContain(customer);
    }
    assertThat(http.get(path).json().get("version").asInt()).isEqualTo(8);
  }

  @Test
  void whoeverTurnedOutToBeACustomerIsFoundThere() {
    String customer = SharedTopics.name("C") + "/1";
    String visitor = "~" + SharedTopics.name("v");
    String phone = "+98912" + (1_000_000 + Math.abs(customer.hashCode()) % 9_000_000);
    String provisional =
        new IdentifierNormaliser("IR")
            .normalise(IdentifierType.PHONE, phone)
            .provisionalCustomerId();
    produce(Samples.snapshot(customer, 3));
    for (String id : List.of(visitor, provisional)) {
      Redirect redirect = new Redirect(id, 2, Samples.TEN, customer);
      TOPICS.produce(Topic.SNAPSHOTS.topicName(), "default/" + id, Json.bytes(redirect));
    }
    TestHttp http = api.as(Role.AGENT);
    String path = "/v1/customers/" + visitor;
    String there = "/v1/customers/" + customer.replace("/", "%2F");
    await().atMost(PATIENCE).until(() -> http.get(path).status() == 308);

    assertThat(http.get(path).header("Location")).endsWith(there);
    assertThat(http.get(path).header("Cache-Control")).isEqualTo("no-store");
    assertThat(http.get(path + "/timeline?limit=3").header("Location"))
        .endsWith(there + "/timeline?limit=3");
    assertThat(http.get(path + "/stream").status()).isEqualTo(308);
    await()
        .atMost(PATIENCE)
        .until(() -> http.get("/v1/customers/by/phone/" + phone).status() == 200);
    assertThat(http.get("/v1/customers/by/phone/" + phone).json().get("customerId").asText())
        .isEqualTo(customer);
  }

  private static void produce(Snapshot snapshot) {
    TOPICS.produce(
        Topic.SNAPSHOTS.topicName(), "default/" + snapshot.customerId(), Json.bytes(snapshot));
  }
}
