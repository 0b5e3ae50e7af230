package io.nabz.rules.language;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuleReaderTest {
  private static final String EXAMPLE =
      """
      id: failed-self-service-then-call
      version: 3
      enabled: true
      name: {en: Call after failed self-service, fa: تماس پس از شکست سلف‌سرویس}
      audience: agent
      severity: high
      pattern:
        - {as: fail, type: selfservice.failed}
        - {as: call, type: contact.initiated, where: "event.data.channel == 'voice'", followed: relaxed}
      within: 15m
      ordering: arrival
      condition: "customer.value.tier == 'gold'"
      cooldown: 1h
      then:
        title: {en: "...", fa: "..."}
        advice: {en: "...", fa: "..."}
        webhook: crm
      """;

  @Test
  void theExampleOfTheContractIsUnderstood() {
    Rule rule = RuleReader.read(EXAMPLE.getBytes(UTF_8));

    assertThat(rule.version()).isEqualTo(3);
    assertThat(rule.within()).isEqualTo(Duration.ofMinutes(15));
    assertThat(rule.cooldown()).isEqualTo(Duration.ofHours(1));
    assertThat(rule.pattern()).extracting(Step::as).containsExactly("fail", "call");
    assertThat(rule.name().fa()).contains("سلف‌سرویس");
  }

  @Test
  void theSameInJsonIsTheSameRule() {
    Rule rule = RuleReader.read(EXAMPLE.getBytes(UTF_8));

    assertThat(RuleReader.read(rule.source().toString().getBytes(UTF_8))).isEqualTo(rule);
  }

  @Test
  void everythingThatIsWrongIsToldAtOnceWithItsPlaceAndARemedy() {
    List<Problem> problems =
        problems(
            EXAMPLE
                .replace("within: 15m", "within: 15 minutes")
                .replace("audience: agent", "audience: agents")
                .replace("followed: relaxed", "follows: relaxed"));

    assertThat(problems)
        .extracting(Problem::toString)
        .anySatisfy(
            text ->
                assertThat(text)
                    .startsWith("rule failed-self-service-then-call at /within: '15 minutes'")
                    .contains("write e.g. 30s, 15m"))
        .anySatisfy(text -> assertThat(text).contains("/audience").contains("agent, supervisor"))
        .anySatisfy(text -> assertThat(text).contains("/pattern/1/follows").contains("followed"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pattern: []",
        "pattern: [{as: a, type: x, not: true}, {as: b, type: y}]",
        "pattern: [{as: a, type: x, optional: true}, {as: b, type: y}]",
        "pattern: [{as: a, type: x}, {as: a, type: y}]",
        "pattern: [{as: event, type: x}]",
        "pattern: [{as: a, type: 'x y'}]",
        "pattern: [{as: a, type: x}, {as: n, type: y, not: true}, {as: b, type: z, optional: true}]",
        "pattern: [{as: a, type: x, timesOrMore: 2}, {as: n, type: y, not: true}]",
        "pattern: [{as: a, type: x, times: 2, timesOrMore: 3}]",
        "pattern: [{as: a, type: x, times: 1000}]",
        "pattern: [{as: a, type: x, aggregate: {function: sum, window: 1h, atLeast: 3}}]",
      })
  void patternsWithoutOneMeaningAreRefused(String pattern) {
    String rule =
        EXAMPLE.replaceAll("(?s)pattern:.*?within", pattern + "\nwithin").replace("condition", "#");

    assertThat(problems(rule)).isNotEmpty().allMatch(problem -> !problem.remedy().isBlank());
  }

  @Test
  void aPatternOfSeveralStepsNeedsAWindow() {
    assertThat(problems(EXAMPLE.replace("within: 15m\n", "")))
        .extracting(Problem::place)
        .containsExactly("/within");
  }

  @Test
  void yamlThatExplodesOrRepeatsANameIsRefused() {
    String bomb = "a: &a [x, x]\nb: &b [*a, *a]\nid: r\n";
    assertThat(problems(bomb)).isNotEmpty();
    assertThat(problems("id: a\nid: b\n")).extracting(Problem::problem).isNotEmpty();
    assertThat(problems("- not\n- an object\n")).hasSize(1);
    assertThat(problems("{\"id\": ")).hasSize(1);
  }

  private static List<Problem> problems(String rule) {
    RuleException refused =
        catchThrowableOfType(RuleException.class, () -> RuleReader.read(rule.getBytes(UTF_8)));
    return refused.problems();
  }
}
