package io.nabz.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.nabz.api.auth.EmbeddedIssuer;
import io.nabz.api.auth.Role;
import io.nabz.rules.catalogue.Catalogue;
import io.nabz.testkit.TestBroker;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
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
    assertThat(delete(http, "case-reopened").status()).isEqualTo(204);
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
    assertThat(delete(as(Role.MARKETER), "a").status()).isEqualTo(204);
  }

  @Test
  void theSchemaOfTheLanguageIsServed() {
    JsonNode schema = as(Role.AGENT).get("/v1/rules/schema").json();

    assertThat(schema.at("/properties/pattern/type").asText()).isEqualTo("array");
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
