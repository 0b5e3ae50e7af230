package io.nabz.api;

import static org.awaitility.Awaitility.await;

import io.nabz.api.auth.Role;
import io.nabz.model.ContactState;
import io.nabz.model.Json;
import io.nabz.model.Topic;
import io.nabz.testkit.TestBroker;
import java.time.Duration;
import java.util.List;

/** Two customers of whom nothing may reach those whom it does not concern. */
final class Guarded {
  static final String CUSTOMER = "C-secret";

  /** Of this one everything is known that must not reach everybody. */
  static final String PERSON = "C-person";

  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private Guarded() {}

  /** Tells the API of both and returns when it shows them. */
  static void show(TestBroker topics, TestApi api) {
    topics.produce(
        Topic.SNAPSHOTS.topicName(),
        "default/" + CUSTOMER,
        Json.bytes(
            Samples.snapshot(
                CUSTOMER,
                1,
                List.of(Samples.contact("k", ContactState.CONNECTED, Samples.TEN)),
                null,
                List.of())));
    topics.produce(
        Topic.ALERTS.topicName(),
        "default/" + CUSTOMER,
        Json.bytes(Samples.alert("a-secret", CUSTOMER)));
    topics.produce(Topic.SNAPSHOTS.topicName(), "default/" + PERSON, PersonSample.snapshot(PERSON));
    topics.produce(Topic.TIMELINE.topicName(), "default/" + PERSON, PersonSample.touchpoint());
    topics.produce(
        Topic.ALERTS.topicName(),
        "default/" + PERSON,
        Json.bytes(PersonSample.alert("a-person", PERSON)));
    await()
        .atMost(PATIENCE)
        .until(() -> api.as(Role.ADMIN).get("/v1/alerts").text().contains("a-secret"));
    await()
        .atMost(PATIENCE)
        .until(() -> api.as(Role.ADMIN).get("/v1/customers").text().contains(CUSTOMER));
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                api.as(Role.ADMIN).get("/v1/customers").text().contains(PERSON)
                    && api.as(Role.ADMIN).get("/v1/alerts").text().contains("a-person")
                    && api.as(Role.ADMIN)
                        .get("/v1/customers/" + PERSON + "/timeline")
                        .text()
                        .contains("m-1"));
  }
}
