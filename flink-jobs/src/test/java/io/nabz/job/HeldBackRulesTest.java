package io.nabz.job;

import static io.nabz.testkit.Events.START;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.nabz.model.Alert;
import io.nabz.model.Json;
import io.nabz.model.Topic;
import io.nabz.rules.engine.RuleStatus;
import io.nabz.testkit.Events;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the customer's operator does with rules that are held back. */
class HeldBackRulesTest {
  private static final JobOptions OPTIONS =
      JobOptions.from(Map.of(JobOptions.BOOTSTRAP_SERVERS.key(), "nowhere:9092"));
  private static final Events CUSTOMER = Events.of("C-1");
  private static final Duration WATCH = Duration.ofSeconds(5);

  private static final String RULE =
      """
      id: view-then-order
      version: 7
      audience: agent
      name: {en: n, fa: ن}
      pattern:
        - {as: view, type: page.viewed}
        - {as: order, type: order.placed}
      within: 1h
      then: {title: {en: t, fa: ت}}
      """;

  private static final String OTHER = RULE.replace("view-then-order", "other");

  private CustomerHarness harness;

  @BeforeEach
  void open() throws Exception {
    harness = CustomerHarness.start(OPTIONS);
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  @Test
  void aRuleWithTooManyMatchesUnderWaySaysSoOnceInTheTopicOfRules() throws Exception {
    harness.change("default/view-then-order", RULE);
    for (int i = 0; i < 70; i++) {
      harness.send(
          CUSTOMER.after(Duration.ofSeconds(i)).event("v-" + i, "page.viewed", Events.data()));
    }
    for (int look = 1; look <= 3; look++) {
      harness.clock(START.plus(WATCH.multipliedBy(look)));
    }

    List<Outbound> told = harness.sentTo(Topic.RULES);
    assertThat(told).hasSize(1);
    String key = new String(told.get(0).key, UTF_8);
    RuleStatus status = RuleStatus.of(key, Json.tree(told.get(0).value));
    assertThat(key).isEqualTo("default/view-then-order@throttled");
    assertThat(status.version()).isEqualTo(7);
    // 70 began, 64 may be under way.
    assertThat(status.reason()).contains("the 6 oldest were given up");
  }

  @Test
  void aSuspendedRuleRestsAlsoAfterARestartAndTheOthersDoNotNotice() throws Exception {
    harness.change("default/view-then-order", RULE);
    harness.change("default/other", OTHER);
    RuleStatus status = new RuleStatus(RuleStatus.State.SUSPENDED, 7, "took too long");
    harness.change("default/view-then-order@suspended", new String(status.toBytes(), UTF_8));
    assertThat(firedBy(1)).containsExactly("other");

    OperatorSubtaskState checkpoint = harness.checkpoint();
    harness = harness.failAndResume(checkpoint, START.plus(WATCH));
    assertThat(firedBy(2)).containsExactly("other");

    harness.change("default/view-then-order", RULE.replace("version: 7", "version: 8"));
    assertThat(firedBy(3)).containsExactly("other", "view-then-order");
  }

  /** The rules that tell of a view and an order. */
  private List<String> firedBy(int round) throws Exception {
    harness.getOutput().clear();
    Duration then = Duration.ofMinutes(round);
    harness.send(CUSTOMER.after(then).event("v-" + round, "page.viewed", Events.data()));
    harness.send(
        CUSTOMER
            .after(then.plusSeconds(1))
            .event("o-" + round, "order.placed", Events.data().put("orderId", "o-" + round)));
    return harness.alerts().stream().map(Alert::ruleId).toList();
  }
}
