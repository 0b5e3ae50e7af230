package io.nabz.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.nabz.model.Alert;
import io.nabz.model.AlertState;
import io.nabz.model.Event;
import io.nabz.model.Json;
import io.nabz.rules.language.AfterMatch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The matcher against Flink's CEP library on random rules and streams. {@code
 * -Dnabz.oracle.cases=100000} for the long run, {@code -Dnabz.oracle.seed=N} to repeat one.
 */
class OracleTest {
  private static final int CASES = Integer.getInteger("nabz.oracle.cases", 2000);
  private static final long SEED = Long.getLong("nabz.oracle.seed", 1);

  @Test
  void findsTheSameMatchesAsFlinkCep() throws Exception {
    int matched = 0;
    int tooMany = 0;
    for (int i = 0; i < CASES; i++) {
      long seed = SEED + i;
      RandomCase random = RandomCase.draw(new Random(seed));
      CompiledRule rule = RuleCompiler.compile(random.rule());
      Set<List<String>> ours = ours(random, rule);
      if (rule.health().throttled() != null) {
        tooMany++;
        continue;
      }
      Set<List<String>> expected =
          skipped(random, CepOracle.matches(random), rule.rule().endsInAbsence());
      matched += expected.isEmpty() ? 0 : 1;
      assertThat(ours)
          .as("-Dnabz.oracle.cases=1 -Dnabz.oracle.seed=%d: %s", seed, random)
          .isEqualTo(expected);
    }
    System.out.printf(
        "oracle: %d cases from seed %d, %d with matches, %d over the bound%n",
        CASES, SEED, matched, tooMany);
    assertThat(tooMany).as("cases that say nothing").isLessThanOrEqualTo(CASES / 10);
    if (CASES >= 500) {
      assertThat(matched).as("cases that say something").isGreaterThan(CASES / 6);
    }
  }

  private static Set<List<String>> ours(RandomCase random, CompiledRule rule) {
    RuleSet rules = new RuleSet(List.of(rule));
    Play play = new Play(rules);
    for (int i = 0; i < random.events().size(); i++) {
      RandomCase.Ev event = random.events().get(i);
      play.with(
          new Event(
              "default",
              "/oracle",
              Integer.toString(i),
              event.type(),
              Instant.ofEpochMilli(event.time()),
              "C-1",
              Json.mapper().createObjectNode().put("v", event.value())));
    }
    play.until(java.time.Duration.ofDays(1));
    Set<List<String>> found = new HashSet<>();
    for (Alert alert : play.alerts) {
      assertThat(alert.state()).isEqualTo(AlertState.OPEN);
      found.add(alert.evidence().stream().map(e -> e.as() + ':' + e.eventId()).toList());
    }
    return found;
  }

  /**
   * What is left of all matches by the rule's way of skipping. Flink itself holds a match back
   * while an earlier one is under way, so that an alert would come late; ours are told at once.
   */
  private static Set<List<String>> skipped(
      RandomCase random, Set<List<String>> all, boolean absence) {
    if (random.afterMatch() == AfterMatch.NO_SKIP) {
      return all;
    }
    // Matches by the moment at which they are told: an event's index, or the end of a window.
    TreeMap<Long, List<List<String>>> byMoment = new TreeMap<>();
    for (List<String> match : all) {
      long moment =
          absence ? random.events().get(first(match)).time() * 100L + first(match) : last(match);
      byMoment.computeIfAbsent(moment, ignored -> new ArrayList<>()).add(match);
    }
    Set<List<String>> kept = new HashSet<>();
    Set<Integer> keptFirsts = new HashSet<>();
    int[] keptUntil = {-1};
    byMoment.forEach(
        (moment, together) -> {
          together.sort(
              Comparator.<List<String>>comparingInt(OracleTest::first)
                  .thenComparing(match -> -match.size())
                  .thenComparing(OracleTest::indexes, OracleTest::compare)
                  // Of the same events, the one of earlier steps; names are s0 to s9.
                  .thenComparing(match -> String.join(" ", match)));
          for (List<String> match : together) {
            boolean free =
                random.afterMatch() == AfterMatch.SKIP_PAST_LAST
                    ? first(match) > keptUntil[0]
                    : !keptFirsts.contains(first(match));
            if (free) {
              kept.add(match);
              keptFirsts.add(first(match));
              keptUntil[0] = Math.max(keptUntil[0], last(match));
            }
          }
        });
    return kept;
  }

  private static int first(List<String> match) {
    return indexes(match).get(0);
  }

  private static int last(List<String> match) {
    return indexes(match).get(match.size() - 1);
  }

  private static List<Integer> indexes(List<String> match) {
    return match.stream()
        .map(event -> Integer.valueOf(event.substring(event.indexOf(':') + 1)))
        .toList();
  }

  private static int compare(List<Integer> a, List<Integer> b) {
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      int order = Integer.compare(a.get(i), b.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.size(), b.size());
  }
}
