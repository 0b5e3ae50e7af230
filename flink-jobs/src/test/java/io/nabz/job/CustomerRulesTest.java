package io.nabz.job;

import static io.nabz.testkit.Events.START;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.nabz.model.Alert;
import io.nabz.model.AlertState;
import io.nabz.model.Event;
import io.nabz.model.SuppressionReason;
import io.nabz.rules.engine.RuleCompiler;
import io.nabz.rules.engine.RuleSet;
import io.nabz.rules.engine.UnderWay;
import io.nabz.rules.language.RuleReader;
import io.nabz.testkit.Events;
import java.time.Duration;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the customer's operator does with rules as they come, wait, fire and go. */
class CustomerRulesTest {
  private static final JobOptions OPTIONS = JobOptions.of("nowhere:9092");
  private static final Events CUSTOMER = Events.of("C-1");

  private static final String RULE =
      """
      id: each-view
      audience: agent
      name: {en: n, fa: ن}
      pattern: [{as: view, type: page.viewed}]
      condition: customer.customerId == 'C-1'
      then: {title: {en: "Views of {{customer.value.tier | gold}}", fa: ن}}
      """;

  private static final String ABSENCE =
      """
      id: no-answer
      audience: agent
      name: {en: n, fa: ن}
      pattern:
        - {as: view, type: page.viewed}
        - {as: order, type: order.placed, not: true}
      within: 7m
      then: {title: {en: t, fa: ت}}
      """;

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
  void aRuleRunsFromTheNextEventOnUntilItIsGone() throws Exception {
    Event[] views = new Event[4];
    for (int i = 0; i < views.length; i++) {
      views[i] = CUSTOMER.after(Duration.ofMinutes(i)).event("v" + i, "page.viewed", Events.data());
    }
    harness.send(views[0]);
    harness.change("default/each-view", RULE);
    harness.send(views[1]);
    harness.change("default/each-view", "id: each-view\npattern: []\n");
    harness.send(views[2]);
    assertThat(harness.alerts()).as("the broken one is not taken over").hasSize(2);
    assertThat(harness.alerts().get(0).title().en()).isEqualTo("Views of gold");

    harness.change("default/each-view", null);
    harness.send(views[3]);
    assertThat(harness.alerts()).hasSize(2);
  }

  @Test
  void aRuleOfAnotherTenantIsNothingToThisOne() throws Exception {
    harness.change("other/each-view", RULE);

    harness.send(CUSTOMER.event("v", "page.viewed", Events.data()));

    assertThat(harness.alerts()).isEmpty();
  }

  @Test
  void rulesAndWhatTheyWaitForAreInTheCheckpoint() throws Exception {
    harness.change("default/no-answer", ABSENCE);
    harness.watermark(START);
    harness.send(CUSTOMER.event("v", "page.viewed", Events.data()));
    OperatorSubtaskState checkpoint = harness.checkpoint();
    harness = harness.failAndResume(checkpoint, START);
    long due = START.plus(Duration.ofMinutes(7)).toEpochMilli();
    harness.processWatermark1(new Watermark(due - 1));
    assertThat(harness.alerts()).isEmpty();
    harness.processWatermark1(new Watermark(due));
    assertThat(harness.alerts()).extracting(Alert::ruleId).containsExactly("no-answer");

    harness.send(CUSTOMER.after(Duration.ofMinutes(6)).event("o", "order.placed", Events.data()));
    assertThat(harness.alerts().get(1).state()).isEqualTo(AlertState.RETRACTED);
    assertThat(harness.alerts().get(1).alertId()).isEqualTo(harness.alerts().get(0).alertId());
  }

  @Test
  void ofAlertsForMarketingNoMoreThanTheCapGoOutAndTheRefusalSaysWhy() throws Exception {
    harness.change("default/each-view", RULE.replace("audience: agent", "audience: marketing"));
    for (int i = 0; i < 4; i++) {
      harness.send(
          CUSTOMER.after(Duration.ofMinutes(i)).event("v" + i, "page.viewed", Events.data()));
    }
    assertThat(harness.alerts())
        .as("the cap is 3")
        .extracting(Alert::state)
        .containsExactly(AlertState.OPEN, AlertState.OPEN, AlertState.OPEN, AlertState.SUPPRESSED);
    assertThat(harness.getSideOutput(CustomerOperator.ALERTS))
        .as("what is counted as told")
        .hasSize(3);

    OperatorSubtaskState checkpoint = harness.checkpoint();
    harness = harness.failAndResume(checkpoint, START);
    harness.send(CUSTOMER.after(Duration.ofMinutes(4)).event("v4", "page.viewed", Events.data()));

    assertThat(harness.getSideOutput(CustomerOperator.ALERTS)).as("what is counted").isNull();
    List<Alert> out = harness.alerts();
    assertThat(out).hasSize(1);
    assertThat(out.get(0).state()).isEqualTo(AlertState.SUPPRESSED);
    assertThat(out.get(0).suppression().reason()).isEqualTo(SuppressionReason.FREQUENCY_CAP);
  }

  @Test
  void aSnapshotCarriesWhatRulesHaveUnderWayAndOnlyThen() throws Exception {
    harness.change("default/no-answer", ABSENCE);
    RuleSet rules =
        new RuleSet(List.of(RuleCompiler.compile(RuleReader.read(ABSENCE.getBytes(UTF_8)))));
    harness.send(CUSTOMER.event("s", "screen.viewed", Events.data()));
    assertThat(harness.newest().underWay).isNull();

    harness.clock(START.plusMillis(1_000));
    harness.send(CUSTOMER.event("v", "page.viewed", Events.data()));
    UnderWay told = UnderWay.read(rules, harness.newest().underWay, START).get(0);
    assertThat(told.ruleId()).isEqualTo("no-answer");
    assertThat(told.matches().get(0).evidence().get(0).eventId()).isEqualTo("v");

    harness.clock(START.plusMillis(2_000));
    harness.watermark(START.plus(Duration.ofMinutes(7)));
    assertThat(harness.alerts()).hasSize(1);
    assertThat(harness.newest().underWay).as("told, so no longer under way").isNull();
  }

  @Test
  void anErasedCustomerIsForgottenByRulesToo() throws Exception {
    harness.change("default/no-answer", ABSENCE);
    harness.send(CUSTOMER.event("v", "page.viewed", Events.data()));
    harness.send(
        CUSTOMER.after(Duration.ofMinutes(1)).event("e", "customer.erased", Events.data()));

    harness.watermark(START.plus(Duration.ofHours(1)));

    assertThat(harness.alerts()).isEmpty();
  }
}
