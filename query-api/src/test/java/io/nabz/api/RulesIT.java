package io.nabz.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.nabz.api.auth.EmbeddedIssuer;
import io.nabz.api.auth.Role;
import io.nabz.model.CustomerKey;
import io.nabz.model.Event;
import io.nabz.model.Json;
import io.nabz.model.SnapshotHeaders;
import io.nabz.model.Topic;
import io.nabz.rules.catalogue.Catalogue;
import io.nabz.rules.engine.Call;
import io.nabz.rules.engine.CustomerView;
import io.nabz.rules.engine.RuleCompiler;
import io.nabz.rules.engine.RuleEngine;
import io.nabz.rules.engine.RuleSet;
import io.nabz.rules.engine.RuleState;
import io.nabz.rules.engine.RuleStatus;
import io.nabz.rules.language.RuleReader;
import io.nabz.testkit.Events;
import io.nabz.testkit.TestBroker;
import io.nabz.warm.WarmMessage;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules over a real broker and real HTTP. */
class RulesIT {
  private static final String RULE =
      """
      name: {en: Call after failed self-service, fa: تماس پس از شکست}
      audience: agent
      pattern:
        - {as: fail, type: selfservice.failed}
        - {as: call, type: contact.initiated, where: "event.data.channel == 'voice'"}
      within: 15m
      then: {title: {en: t, fa: ت}}
      """;

  @TempDir Path dataDir;
  private TestBroker broker;
  private ApiServer server;

  @BeforeEach
  void start() {
    broker = TestBroker.own();
    broker.createContractTopics(1);
    server = ApiServer.start(options());
    awaitRules();
  }

  @AfterEach
  void stop() {
    server.close();
    broker.close();
  }

  @Test
  void aRuleIsWrittenNumberedRolledBackAndOutlivesARestart() {
    TestHttp http = as(Role.SUPERVISOR);
    JsonNode first = put(http, "mine", RULE).json();
    assertThat(first.get("version").asInt()).isEqualTo(1);
    assertThat(first.get("changedBy").asText()).isEqualTo("test");
    assertThat(SchemaCheck.ofOpenApi().errors("Rule", first)).isEmpty();

    JsonNode words = put(http, "mine", RULE.replace("en: t", "en: u")).json();
    assertThat(words.get("version").asInt()).isEqualTo(2);
    assertThat(words.get("patternVersion").asInt()).as("matches under way go on").isEqualTo(1);
    JsonNode pattern = put(http, "mine", RULE.replace("15m", "16m")).json();
    assertThat(pattern.get("patternVersion").asInt()).isEqualTo(3);

    JsonNode back = http.get("/v1/rules/mine?version=1").json();
    assertThat(put(http, "mine", back.toString()).json().get("within").asText()).isEqualTo("15m");

    server.close();
    server = ApiServer.start(options());
    awaitRules();
    assertThat(as(Role.ADMIN).get("/v1/rules/mine").json().get("version").asInt()).isEqualTo(4);
    assertThat(as(Role.ADMIN).get("/v1/rules/mine/versions").json().get("items")).hasSize(4);
  }

  @Test
  void theCatalogueIsListedAndCanBeSwitchedOff() {
    TestHttp http = as(Role.ADMIN);
    assertThat(http.get("/v1/rules").json().get("items")).hasSize(Catalogue.rules().size());
    JsonNode page = http.get("/v1/rules?limit=5").json();
    assertThat(page.get("items")).hasSize(5);
    assertThat(
            http.get("/v1/rules?limit=500&cursor=" + page.get("nextCursor").asText())
                .json()
                .get("items"))
        .hasSize(Catalogue.rules().size() - 5);

    JsonNode rule = http.get("/v1/rules/case-reopened").json();
    assertThat(rule.get("builtIn").asBoolean()).isTrue();
    ((com.fasterxml.jackson.databind.node.ObjectNode) rule).put("enabled", false);
    assertThat(put(http, "case-reopened", rule.toString()).json().get("enabled").asBoolean())
        .isFalse();
    assertThat(http.get("/v1/rules/case-reopened").json().at("/status/state").asText())
        .isEqualTo("disabled");
    assertThat(delete(http, "case-reopened").json().get("dropped").asInt()).isZero();
    assertThat(http.get("/v1/rules/case-reopened").status()).isEqualTo(404);
    assertThat(delete(http, "case-reopened").status()).isEqualTo(404);
  }

  @Test
  void aRuleThatDoesNotCompileIsRefusedWithPlaceAndRemedy() {
    TestHttp.Answer answer =
        put(as(Role.ADMIN), "mine", RULE.replace("event.data.channel", "evnt.data.channel"));

    assertThat(answer.status()).isEqualTo(400);
    JsonNode problem = answer.json().at("/problems/0");
    assertThat(problem.get("place").asText()).isEqualTo("/pattern/1/where");
    assertThat(problem.get("remedy").asText()).contains("event, customer, fail");
    assertThat(as(Role.ADMIN).get("/v1/rules/mine").status()).isEqualTo(404);
    assertThat(put(as(Role.ADMIN), "other", "id: mine\n" + RULE).status()).isEqualTo(400);
  }

  @Test
  void eachWritesTheRulesOfTheirAudience() {
    String marketing = RULE.replace("audience: agent", "audience: marketing");
    assertThat(put(as(Role.AGENT), "a", RULE).status()).isEqualTo(403);
    assertThat(put(as(Role.MARKETER), "a", RULE).status()).isEqualTo(403);
    assertThat(put(as(Role.SUPERVISOR), "a", marketing).status()).isEqualTo(403);
    assertThat(put(as(Role.MARKETER), "a", marketing).status()).isEqualTo(200);
    assertThat(put(as(Role.SUPERVISOR), "a", RULE).status()).as("not theirs so far").isEqualTo(403);
    assertThat(delete(as(Role.SUPERVISOR), "a").status()).isEqualTo(403);
    assertThat(delete(as(Role.MARKETER), "a").status()).isEqualTo(200);
  }

  @Test
  void theSchemaOfTheLanguageIsServed() {
    JsonNode schema = as(Role.AGENT).get("/v1/rules/schema").json();

    assertThat(schema.at("/properties/pattern/type").asText()).isEqualTo("array");
  }

  @Test
  void aRuleThatTheStreamHoldsBackSaysWhyUntilItIsChanged() {
    TestHttp http = as(Role.SUPERVISOR);
    JsonNode written = put(http, "mine", RULE).json();
    assertThat(http.get("/v1/rules/mine").json().at("/status/state").asText()).isEqualTo("running");

    tell(new RuleStatus(RuleStatus.State.THROTTLED, 1, "too many matches under way"));
    awaitState(http, "throttled");
    tell(new RuleStatus(RuleStatus.State.SUSPENDED, 1, "took 2.0 ms an event"));
    awaitState(http, "suspended");
    JsonNode rule = http.get("/v1/rules/mine").json();
    assertThat(rule.at("/status/reason").asText()).isEqualTo("took 2.0 ms an event");
    assertThat(SchemaCheck.ofOpenApi().errors("Rule", rule)).isEmpty();
    assertThat(http.get("/v1/rules/mine/versions").json().get("items"))
        .as("a status is no version")
        .hasSize(1);

    // What was read is put back: the server's own fields in it are passed over.
    JsonNode next = put(http, "mine", rule.toString()).json();
    assertThat(next.get("version").asInt()).isEqualTo(written.get("version").asInt() + 1);
    assertThat(http.get("/v1/rules/mine").json().at("/status/state").asText())
        .as("a new version runs again")
        .isEqualTo("running");
  }

  /** As the stream does. */
  private void tell(RuleStatus status) {
    broker.produce(
        Topic.RULES.topicName(), status.state().keyOf("default", "mine"), status.toBytes());
  }

  private static void awaitState(TestHttp http, String state) {
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> http.get("/v1/rules/mine").json().at("/status/state").asText().equals(state));
  }

  @Test
  void aDraftIsRunOverTheKeptHistoryAndComparedWithWhatRuns() {
    TestHttp http = as(Role.SUPERVISOR);
    put(http, "mine", RULE);
    Events customer = Events.of("C-1").at(Instant.now().minus(Duration.ofHours(1)));
    for (Event event :
        List.of(customer.event("f", "selfservice.failed", Events.data()), customer.call("k"))) {
      broker.produce(Topic.EVENTS.topicName(), "default/C-1", event.toBytes());
    }
    String draft = "id: mine\n" + RULE.replace("== 'voice'", "== 'chat'");

    assertThat(backtest(as(Role.MARKETER), draft, "").status()).isEqualTo(403);
    assertThat(backtest(http, draft, "?sample=2").status()).isEqualTo(400);
    assertThat(backtest(http, draft.replace("within: 15m", ""), "").json().at("/problems"))
        .isNotEmpty();
    TestHttp.Answer started =
        backtest(http, draft, "?from=" + Instant.now().minus(Duration.ofDays(1)));
    assertThat(started.status()).isEqualTo(202);
    String at = started.header("Location");
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> !http.get(at).json().get("state").asText().equals("running"));

    JsonNode answer = http.get(at).json();
    assertThat(SchemaCheck.ofOpenApi().errors("Backtest", answer)).isEmpty();
    assertThat(answer.get("state").asText()).isEqualTo("done");
    assertThat(answer.at("/result/alerts").asInt()).isZero();
    assertThat(answer.at("/result/live/version").asInt()).isEqualTo(1);
    assertThat(answer.at("/result/live/onlyLive").asInt()).isEqualTo(1);
    assertThat(answer.at("/result/live/onlyInLive/0/customerId").asText()).isEqualTo("C-1");
    assertThat(answer.at("/progress/read").asInt()).isEqualTo(2);

    assertThat(as(Role.MARKETER).get(at).status()).as("not of their audience").isEqualTo(403);
    assertThat(TestHttp.send(http.request(at).DELETE().build()).status()).isEqualTo(204);
    assertThat(http.get(at).status()).isEqualTo(404);
  }

  @Test
  void aRuleThatWatchesIsShownEditedSwitchedOffAndNotTriedOnHistory() {
    TestHttp http = as(Role.SUPERVISOR);
    JsonNode silent = http.get("/v1/rules/feed-silent").json();
    assertThat(SchemaCheck.ofOpenApi().errors("Rule", silent)).isEmpty();
    assertThat(silent.get("builtIn").asBoolean()).isTrue();
    String sooner = silent.toString().replace("15m", "5m");
    JsonNode edited = put(http, "feed-silent", sooner).json();
    assertThat(edited.at("/watch/silentFor").asText()).isEqualTo("5m");
    assertThat(edited.get("patternVersion").asInt()).isEqualTo(1);
    JsonNode again = put(http, "feed-silent", edited.toString().replace("5m", "6m")).json();
    assertThat(again.get("patternVersion").asInt()).as("another watch").isEqualTo(2);
    String off = again.toString().replace("\"id\"", "\"enabled\": false, \"id\"");
    assertThat(put(http, "feed-silent", off).json().get("version").asInt()).isEqualTo(3);
    assertThat(http.get("/v1/rules/feed-silent").json().at("/status/state").asText())
        .isEqualTo("disabled");

    TestHttp.Answer tried = backtest(http, sooner, "");
    assertThat(tried.status()).isEqualTo(400);
    assertThat(tried.json().get("detail").asText()).contains("watches sources");
    TestHttp.Answer warm = put(http, "feed-silent?start=warm", sooner);
    assertThat(warm.status()).isEqualTo(400);
    assertThat(warm.json().get("detail").asText()).contains("across");
    TestHttp.Answer refused = put(http, "feed-silent", sooner.replace("5m", "5 minutes"));
    assertThat(refused.json().at("/problems/0/place").asText()).isEqualTo("/watch/silentFor");
  }

  @Test
  void aRuleIsStartedWarmOnceTheStreamHasIt() {
    TestHttp http = as(Role.SUPERVISOR);
    Event fail =
        Events.of("C-1")
            .at(Instant.now().minus(Duration.ofMinutes(5)))
            .event("f", "selfservice.failed", Events.data());
    broker.produce(Topic.EVENTS.topicName(), "default/C-1", fail.toBytes());

    assertThat(put(http, "mine?start=hot", RULE).status()).isEqualTo(400);
    assertThat(put(http, "mine?start=warm", RULE + "enabled: false\n").text())
        .contains("is not enabled");
    assertThat(put(http, "mine?start=warm", RULE + "ordering: eventTime\n").status())
        .isEqualTo(400);
    assertThat(http.get("/v1/rules/mine").status()).as("nothing was written").isEqualTo(404);

    put(http, "mine", RULE);
    JsonNode rule = put(http, "mine?start=warm", RULE).json();
    assertThat(SchemaCheck.ofOpenApi().errors("Rule", rule)).isEmpty();
    assertThat(rule.get("patternVersion").asInt()).as("nothing goes on into it").isEqualTo(2);
    assertThat(startOf(http).get("state").asText()).isEqualTo("warming");
    assertThat(put(http, "other?start=warm", RULE).status()).as("one at a time").isEqualTo(429);

    say(WarmMessage.taken(2, 1, 2));
    say(WarmMessage.taken(2, 0, 2));
    WarmMessage end = heard(WarmMessage.Kind.END);
    assertThat(end.seeds()).isEqualTo(1);
    WarmMessage seed = heard(WarmMessage.Kind.SEED);
    assertThat(seed.seed().customer()).isEqualTo("default/C-1");
    // The broker has had it just now, so that the stream may not have come to it.
    assertThat(seed.seed().kept()).hasSize(1);
    say(WarmMessage.ended(2, 0, 2, null));
    say(WarmMessage.ended(2, 1, 2, null));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> startOf(http).get("state").asText().equals("warm"));
    JsonNode shown = http.get("/v1/rules/mine").json();
    assertThat(SchemaCheck.ofOpenApi().errors("Rule", shown)).isEmpty();
    assertThat(http.get("/v1/rules/mine/versions").json().get("items")).hasSize(2);
    assertThat(put(http, "mine", shown.toString()).json().has("start"))
        .as("an edit is no start")
        .isFalse();
  }

  @Test
  void aRuleThatTheStreamDoesNotTakeGoesOnColdAndSaysWhatToDo() {
    TestHttp http = as(Role.SUPERVISOR);
    put(http, "mine?start=warm", RULE);

    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> startOf(http).get("state").asText().equals("cold"));
    assertThat(startOf(http).get("reason").asText())
        .contains("did not take it")
        .contains("start=warm");
    assertThat(heard(WarmMessage.Kind.END).seeds()).as("the stream is told").isNull();
    assertThat(put(http, "mine?start=warm", RULE).status()).as("again").isEqualTo(200);
    say(WarmMessage.ended(2, 0, 1, "the stream is behind"));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> startOf(http).path("reason").asText().equals("the stream is behind"));
  }

  private static JsonNode startOf(TestHttp http) {
    return http.get("/v1/rules/mine").json().at("/status/start");
  }

  /** As an instance of the stream does. */
  private void say(WarmMessage message) {
    broker.produce(Topic.RULE_SEEDS.topicName(), "default/mine", message.toBytes());
  }

  /** The first of its kind, as an instance of the stream hears it. */
  private WarmMessage heard(WarmMessage.Kind kind) {
    return broker
        .readUntil(
            Topic.RULE_SEEDS.topicName(),
            records -> records.stream().anyMatch(r -> WarmMessage.of(r.value()).kind() == kind))
        .stream()
        .map(record -> WarmMessage.of(record.value()))
        .filter(message -> message.kind() == kind)
        .findFirst()
        .orElseThrow();
  }

  private static TestHttp.Answer backtest(TestHttp http, String rule, String query) {
    return TestHttp.send(
        http.request("/v1/rules/backtest" + query)
            .header("Content-Type", "application/yaml")
            .POST(BodyPublishers.ofString(rule))
            .build());
  }

  @Test
  void aCustomersRulesSayWhatTheyWaitForToThoseWhoMaySeeIt() {
    TestHttp admin = as(Role.ADMIN);
    assertThat(admin.get("/v1/customers/C-1/rules").status()).isEqualTo(404);
    JsonNode written = put(admin, "mine", RULE).json();
    JsonNode offer =
        put(admin, "offer", RULE.replace("audience: agent", "audience: marketing")).json();
    Event fail = Events.of("C-1").at(Instant.now()).event("f", "selfservice.failed", Events.data());
    broker.produce(
        Topic.SNAPSHOTS.topicName(),
        "default/C-1",
        Json.bytes(Samples.snapshot("C-1", 1)),
        SnapshotHeaders.UNDER_WAY,
        underWay(fail, written, offer));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> admin.get("/v1/customers/C-1/rules").status() == 200);

    JsonNode answer = admin.get("/v1/customers/C-1/rules").json();
    assertThat(SchemaCheck.ofOpenApi().errors("CustomerRules", answer)).isEmpty();
    assertThat(answer.at("/items")).hasSize(2);
    assertThat(answer.at("/items/0/ruleId").asText()).isEqualTo("mine");
    assertThat(answer.at("/items/0/name/fa").asText()).isEqualTo("تماس پس از شکست");
    assertThat(answer.at("/items/0/matches/0/waitsFor/0/as").asText()).isEqualTo("call");
    assertThat(answer.at("/items/0/matches/0/evidence/0/eventId").asText()).isEqualTo("f");
    assertThat(as(Role.AGENT).get("/v1/customers/C-1/rules").json().at("/items"))
        .as("an agent sees what is for agents")
        .hasSize(1);
    assertThat(admin.get("/v1/customers/C-1").text())
        .as("the snapshot is as it was")
        .doesNotContain("waitsFor");
    Instant later = fail.time().plus(Duration.ofMinutes(15));
    assertThat(admin.get("/v1/customers/C-1/rules?at=" + later).json().at("/items")).isEmpty();
    assertThat(admin.get("/v1/customers/C-1/rules?at=noon").status()).isEqualTo(400);

    assertThat(put(admin, "mine", RULE.replace("en: t", "en: u")).json().has("dropped"))
        .as("other words leave what has begun")
        .isFalse();
    assertThat(put(admin, "mine", RULE.replace("15m", "16m")).json().get("dropped").asInt())
        .as("one customer's match had begun")
        .isEqualTo(1);
    assertThat(admin.get("/v1/rules/mine").json().has("dropped")).isFalse();
    assertThat(admin.get("/v1/customers/C-1/rules").json().at("/items/0/ruleId").asText())
        .as("an edit of the pattern drops what was under way")
        .isEqualTo("offer");
    TestHttp.Answer gone = delete(admin, "offer");
    assertThat(gone.status()).isEqualTo(200);
    assertThat(SchemaCheck.ofOpenApi().errors("RuleDeleted", gone.json())).isEmpty();
    assertThat(gone.json().get("dropped").asInt())
        .as("what had begun goes with the rule")
        .isEqualTo(1);
    broker.readUntil(
        Topic.AUDIT.topicName(),
        records ->
            records.stream()
                .anyMatch(r -> new String(r.value(), UTF_8).contains("customer.rules")));
  }

  /** What the stream would tell of the customer after the event. */
  private static byte[] underWay(Event event, JsonNode... rules) {
    RuleSet set =
        new RuleSet(
            Stream.of(rules)
                .map(rule -> RuleCompiler.compile(RuleReader.read(Json.bytes(rule))))
                .toList());
    RuleState state = new RuleState();
    Call call =
        new Call(
            new CustomerKey("default", "C-1"),
            CustomerView.UNKNOWN,
            event.time(),
            event.time(),
            a -> {});
    new RuleEngine().apply(set, state, event, RuleEngine.NO_WATERMARK, call);
    return RuleState.underWay(state.packed());
  }

  private void awaitRules() {
    await()
        .atMost(Duration.ofSeconds(40))
        .until(() -> as(Role.ADMIN).get("/readyz").status() == 200);
  }

  private static TestHttp.Answer put(TestHttp http, String id, String rule) {
    return TestHttp.send(
        http.request("/v1/rules/" + id)
            .header("Content-Type", "application/yaml")
            .PUT(BodyPublishers.ofString(rule))
            .build());
  }

  private static TestHttp.Answer delete(TestHttp http, String id) {
    return TestHttp.send(http.request("/v1/rules/" + id).DELETE().build());
  }

  private ApiOptions options() {
    return ApiOptions.of(broker.bootstrapServers(), dataDir).withPort(0);
  }

  private TestHttp as(Role role) {
    String token =
        EmbeddedIssuer.open(options().authDir())
            .token("test", Set.of(role), "default", Duration.ofMinutes(10));
    return new TestHttp(server.port(), token);
  }
}
