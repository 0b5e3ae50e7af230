package io.nabz.benchmarks.rules;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.cep.nfa.aftermatch.AfterMatchSkipStrategy;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.cep.pattern.conditions.SimpleCondition;

/**
 * One of the patterns, for both matchers: an event of one type, then one of another with a value at
 * or above a bound.
 */
record RulesPattern(int number) implements Serializable {
  private static final Duration WITHIN = Duration.ofMinutes(15);
  private static final int BOUND = 50;
  static final String SECOND = "second";

  static List<RulesPattern> first(int count) {
    List<RulesPattern> patterns = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      patterns.add(new RulesPattern(i));
    }
    return patterns;
  }

  private String firstType() {
    return RulesTraffic.type(number);
  }

  private String secondType() {
    return RulesTraffic.type(number * 5 + 3);
  }

  String yaml() {
    return """
        id: bench-%d
        audience: agent
        name: {en: n, fa: ن}
        pattern:
          - {as: first, type: %s, where: "event.data.v < %d"}
          - {as: second, type: %s, where: "event.data.v >= %d"}
        within: 15m
        then: {title: {en: t, fa: ت}}
        """
        .formatted(number, firstType(), BOUND, secondType(), BOUND);
  }

  Pattern<RulesEvent, ?> cep() {
    return Pattern.<RulesEvent>begin("first", AfterMatchSkipStrategy.skipPastLastEvent())
        .where(SimpleCondition.of(event -> event.type.equals(firstType()) && event.v < BOUND))
        .followedBy(SECOND)
        .where(SimpleCondition.of(event -> event.type.equals(secondType()) && event.v >= BOUND))
        .within(WITHIN);
  }
}
