package io.nabz.benchmarks.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.nabz.benchmarks.rules.RulesJob.Matcher;
import org.junit.jupiter.api.Test;

/** What is compared is the same work. */
class RulesJobTest {
  private static final int EVENTS = 4_000;
  private static final RulesTraffic TRAFFIC = new RulesTraffic(50);

  @Test
  void bothMatchersFindTheSameNumberOfMatches() throws Exception {
    RulesResult ours = RulesJob.run(Matcher.OURS, 5, EVENTS, TRAFFIC);
    RulesResult cep = RulesJob.run(Matcher.CEP_EVENT_TIME, 5, EVENTS, TRAFFIC);

    assertThat(ours.matches()).isGreaterThan(100).isEqualTo(cep.matches());
    assertThat(ours.perSecond()).isPositive();
  }
}
