package io.nabz.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.nabz.api.auth.Role;
import io.nabz.model.Alert;
import io.nabz.model.Audience;
import io.nabz.model.Json;
import io.nabz.model.Topic;
import io.nabz.testkit.TestBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people do with alerts, through two APIs on one broker. */
class AlertLifeIT {
  private static final String JSON = "application/json";
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final SchemaCheck SCHEMAS = SchemaCheck.ofOpenApi();

  @TempDir static Path dataDir;
  @TempDir static Path otherDataDir;
  private static TestBroker broker;
  private static TestApi api;
  private static TestApi replica;

  @BeforeAll
  static void start() {
    broker = TestBroker.own();
    broker.createContractTopics(3);
    api = TestApi.start(broker, dataDir);
    replica = TestApi.start(broker, otherDataDir);
    api.awaitReady();
    replica.awaitReady();
  }

  @AfterAll
  static void stop() {
    api.close();
    replica.close();
    broker.close();
  }

  @Test
  void anAlertGoesThroughItsLifeAndEveryStepIsPushed() {
    String id = alert("life");
    TestHttp sara = agent(api, "sara");
    try (TestStream stream = sara.stream("/v1/alerts/stream?customerId=C-life&state=open", null)) {
      await().atMost(PATIENCE).until(() -> !stream.events().isEmpty());
      assertThat(state(post(sara, id, "seen", ""))).isEqualTo("seen");
      assertThat(state(post(sara, id, "acknowledge", ""))).isEqualTo("acknowledged");
      TestHttp.Answer resolved = post(sara, id, "resolve", "{\"outcome\":\"helped\"}");
      assertThat(state(resolved)).isEqualTo("resolved");
      assertThat(SCHEMAS.errors("Alert", resolved.json())).isEmpty();
      assertThat(resolved.json().get("assignee").asText()).isEqualTo("sara");
      JsonNode handling = resolved.json().get("handling");
      assertThat(handling.get("outcome").asText()).isEqualTo("helped");
      assertThat(handling.get("history").findValuesAsText("action"))
          .containsExactly("seen", "acknowledge", "resolve");
      assertThat(handling.at("/history/0/by").asText()).isEqualTo("sara");
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(
                          stream.named("alert").stream()
                              .map(event -> event.json().get("state").asText()))
                      .containsExactly("seen", "acknowledged", "resolved"));
    }
    assertThat(listed("C-life", "resolved")).isEqualTo(1);
    assertThat(listed("C-life", "open")).isZero();
    assertThat(api.metric("nabz_alert_outcomes_total", "repeat-caller", "helped")).isEqualTo(1);
    assertThat(api.metric("nabz_alert_seen_seconds_count")).isPositive();

    api.restart();
    api.awaitReady();
    assertThat(listed("C-life", "resolved")).as("after a restart").isEqualTo(1);
  }

  @Test
  void ofManyAtOnceThroughTwoApisOneWinsAndTheOthersAreToldWho() {
    String id = alert("race");
    await()
        .atMost(PATIENCE)
        .until(() -> agent(replica, "x").get("/v1/alerts?customerId=C-race").text().contains(id));
    List<CompletableFuture<TestHttp.Answer>> answers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      TestHttp person = agent(i % 2 == 0 ? api : replica, "agent-" + i);
      answers.add(CompletableFuture.supplyAsync(() -> post(person, id, "acknowledge", "")));
    }
    List<TestHttp.Answer> won =
        answers.stream().map(CompletableFuture::join).filter(a -> a.status() == 200).toList();
    assertThat(won).hasSize(1);
    String winner = won.get(0).json().get("assignee").asText();
    for (CompletableFuture<TestHttp.Answer> answer : answers) {
      TestHttp.Answer lost = answer.join();
      if (lost.status() != 200) {
        assertThat(lost.status()).as(lost.text()).isEqualTo(409);
        assertThat(lost.json().get("detail").asText()).contains(winner);
        assertThat(lost.json().at("/alert/assignee").asText()).isEqualTo(winner);
      }
    }
    for (TestApi each : List.of(api, replica)) {
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  agent(each, "x")
                          .get("/v1/alerts?assignee=" + winner + "&customerId=C-race")
                          .json()
                          .get("items")
                          .size()
                      == 1);
    }
  }

  @Test
  void aSnoozeEndsByItselfAndAnAssignmentIsTold() {
    String id = alert("snooze");
    TestHttp sara = agent(api, "sara");
    String until = Instant.now().plusSeconds(2).toString();
    assertThat(state(post(sara, id, "snooze", "{\"until\":\"" + until + "\"}")))
        .isEqualTo("snoozed");
    await().atMost(PATIENCE).until(() -> listed("C-snooze", "seen") == 1);
    TestHttp boss = api.as("default", "boss", Role.SUPERVISOR);
    TestHttp.Answer assigned = post(boss, id, "assign", "{\"assignee\":\"reza\"}");
    assertThat(assigned.json().get("assignee").asText()).isEqualTo("reza");
  }

  @Test
  void whatCannotBeDoneIsAnsweredWithWhatToSend() {
    String id = alert("bad");
    String secret = alert("market", Audience.MARKETING);
    TestHttp sara = agent(api, "sara");
    assertProblem(post(sara, "nothing", "seen", ""), 404, "no such alert");
    assertProblem(post(sara, secret, "seen", ""), 404, "no such alert");
    assertThat(post(api.as(Role.MARKETER), secret, "seen", "").status()).isEqualTo(200);
    assertThat(sara.get("/v1/alerts").text()).doesNotContain(secret);
    assertProblem(
        post(api.as("other", "sara", Role.ADMIN), id, "acknowledge", ""), 404, "no such alert");
    assertProblem(post(sara, id, "resolve", ""), 400, "outcome");
    assertProblem(post(sara, id, "resolve", "{\"outcome\":\"great\"}"), 400, "helped");
    assertProblem(post(sara, id, "snooze", "{\"until\":\"soon\"}"), 400, "RFC 3339");
    assertProblem(post(sara, id, "snooze", "{\"until\":\"2001-01-01T00:00:00Z\"}"), 400, "ahead");
    assertProblem(post(sara, id, "assign", "{}"), 400, "assignee");
    assertThat(post(api.as(Role.INGEST), id, "seen", "").status()).isEqualTo(403);
  }

  private static String alert(String name) {
    return alert(name, Audience.AGENT);
  }

  private static String alert(String name, Audience audience) {
    Alert like = Samples.alert("id-" + name, "C-" + name);
    byte[] json =
        new String(Json.bytes(like), java.nio.charset.StandardCharsets.UTF_8)
            .replace("\"audience\":\"agent\"", "\"audience\":\"" + audience.code() + "\"")
            .getBytes(java.nio.charset.StandardCharsets.UTF_8);
    broker.produce(Topic.ALERTS.topicName(), "default/C-" + name, json);
    await()
        .atMost(PATIENCE)
        .until(
            () -> api.as(Role.ADMIN).get("/v1/alerts?customerId=C-" + name).text().contains("id-"));
    return like.alertId();
  }

  private static int listed(String customer, String state) {
    return api.as(Role.AGENT)
        .get("/v1/alerts?customerId=" + customer + "&state=" + state)
        .json()
        .get("items")
        .size();
  }

  private static TestHttp agent(TestApi of, String name) {
    return of.as("default", name, Role.AGENT);
  }

  private static TestHttp.Answer post(TestHttp http, String id, String what, String body) {
    return http.post("/v1/alerts/" + id + "/" + what, JSON, body);
  }

  private static String state(TestHttp.Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json().get("state").asText();
  }

  private static void assertProblem(TestHttp.Answer answer, int status, String detail) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.json().get("detail").asText()).contains(detail);
  }
}
