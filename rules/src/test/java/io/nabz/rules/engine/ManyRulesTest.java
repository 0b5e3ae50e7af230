package io.nabz.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.nabz.model.Alert;
import io.nabz.testkit.Events;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Five hundred rules at once; an event meets those that wait for its type and no others. */
class ManyRulesTest {
  private static final int RULES = 500;
  private static final int TYPES = 50;
  private static final Events C = Events.of("C-1");

  @Test
  void eachOfFiveHundredRulesFiresByItsOwnEventsAlone() {
    RuleSet rules = new RuleSet(all());
    Play play = new Play(rules);
    assertThat(rules.interests("first.7").all()).hasSize(RULES / TYPES);
    assertThat(rules.interests("nobody.waits").all()).isEmpty();

    for (int type = 0; type < TYPES; type++) {
      play.with(
          C.after(Duration.ofSeconds(type)).event("a" + type, "first." + type, Events.data()));
    }
    assertThat(play.alerts).isEmpty();
    assertThat(StateCodec.unpack(play.state.packed())).as("all have begun").hasSize(RULES);

    play.with(C.after(Duration.ofMinutes(2)).event("b", "second.7", Events.data().put("v", 3)));

    // Of the ten that wait for second.7 those up to threshold 3: 0 to 3.
    assertThat(play.alerts)
        .extracting(Alert::ruleId)
        .containsExactly("rule-007", "rule-057", "rule-107", "rule-157");
    assertThat(StateCodec.unpack(play.state.packed())).hasSize(RULES - 4);
  }

  @Test
  void aRuleThatGoesLeavesTheOthersAsTheyAre() {
    Play play = new Play(new RuleSet(all()));
    play.with(C.event("a", "first.7", Events.data()));

    List<CompiledRule> others = new ArrayList<>(all());
    others.removeIf(rule -> rule.rule().id().equals("rule-057"));
    play.rules(new RuleSet(others))
        .with(C.after(Duration.ofMinutes(1)).event("b", "second.7", Events.data().put("v", 9)));

    assertThat(play.alerts).hasSize(9);
    assertThat(play.alerts).extracting(Alert::ruleId).doesNotContain("rule-057");
  }

  private static List<CompiledRule> all() {
    List<CompiledRule> rules = new ArrayList<>();
    for (int i = 0; i < RULES; i++) {
      int type = i % TYPES;
      rules.add(
          Play.compile(
              """
              id: rule-%03d
              audience: agent
              name: {en: n, fa: ن}
              pattern:
                - {as: a, type: first.%d}
                - {as: b, type: second.%d, where: "event.data.v >= %d"}
              within: 1h
              then: {title: {en: t, fa: ت}}
              """
                  .formatted(i, type, type, i / TYPES)));
    }
    return rules;
  }
}
