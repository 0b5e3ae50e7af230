package io.nabz.benchmarks.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.nabz.benchmarks.rules.RulesJob.Matcher;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is compared is the same work. */
class RulesJobTest {
  private static final int EVENTS = 4_000;
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(5);
  private static final int CUSTOMERS = 50;

  @TempDir Path folder;

  @Test
  void bothMatchersFindTheSameNumberOfMatches() throws Exception {
    RulesLoad load = RulesLoad.backlog(CUSTOMERS, LONG_ENOUGH, EVENTS);
    RulesResult ours = RulesJob.run(Matcher.OURS, 5, load, folder);
    RulesResult cep = RulesJob.run(Matcher.CEP_EVENT_TIME, 5, load, folder);

    assertThat(ours.matches()).isGreaterThan(100).isEqualTo(cep.matches());
    assertThat(ours.events()).isEqualTo(EVENTS).isEqualTo(cep.events());
    assertThat(ours.perSecond()).isPositive();
  }

  @Test
  void ofALoadAtItsTimesTheMiddlePartIsTimed() {
    RulesLoad load =
        RulesLoad.paced(
            CUSTOMERS, 100, Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3));

    assertThat(load.dueNanos(50)).isEqualTo(Duration.ofMillis(500).toNanos());
    assertThat(load.isTimed(99)).isFalse();
    assertThat(load.isTimed(100)).isTrue();
    assertThat(load.isTimed(299)).isTrue();
    assertThat(load.isTimed(300)).isFalse();
    // 6 s at 100/s; one who is late is given as much again.
    assertThat(load.isOver(599, Duration.ofSeconds(11).toNanos())).isFalse();
    assertThat(load.isOver(599, Duration.ofSeconds(12).toNanos())).isTrue();
    assertThat(load.isOver(600, 0)).isTrue();
  }
}
