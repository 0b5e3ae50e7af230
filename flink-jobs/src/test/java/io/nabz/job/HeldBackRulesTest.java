package io.nabz.job;

import static io.nabz.testkit.Events.START;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.nabz.intake.EventIntake;
import io.nabz.intake.IntakeRecord;
import io.nabz.model.Alert;
import io.nabz.model.Event;
import io.nabz.model.Json;
import io.nabz.model.Topic;
import io.nabz.rules.engine.RuleStatus;
import io.nabz.testkit.Events;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
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

  private final EventIntake intake = new EventIntake("IR");
  private KeyedTwoInputStreamOperatorTestHarness<String, IntakeRecord, RuleChange, Outbound>
      harness;

  @BeforeEach
  void open() throws Exception {
    harness = harness();
    harness.setProcessingTime(START.toEpochMilli());
    harness.open();
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  @Test
  void aRuleWithTooManyMatchesUnderWaySaysSoOnceInTheTopicOfRules() throws Exception {
    change("default/view-then-order", RULE);
    for (int i = 0; i < 70; i++) {
      send(CUSTOMER.after(Duration.ofSeconds(i)).event("v-" + i, "page.viewed", Events.data()));
    }
    for (int look = 1; look <= 3; look++) {
      harness.setProcessingTime(START.plus(WATCH.multipliedBy(look)).toEpochMilli());
    }

    List<Outbound> told =
        harness.extractOutputValues().stream().filter(out -> out.goesTo(Topic.RULES)).toList();
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
    change("default/view-then-order", RULE);
    change("default/other", OTHER);
    RuleStatus status = new RuleStatus(RuleStatus.State.SUSPENDED, 7, "took too long");
    change("default/view-then-order@suspended", new String(status.toBytes(), UTF_8));
    assertThat(firedBy(1)).containsExactly("other");

    OperatorSubtaskState checkpoint = harness.snapshot(1, 1);
    harness.close();
    harness = harness();
    harness.setProcessingTime(START.plus(WATCH).toEpochMilli());
    harness.initializeState(checkpoint);
    harness.open();
    assertThat(firedBy(2)).containsExactly("other");

    change("default/view-then-order", RULE.replace("version: 7", "version: 8"));
    assertThat(firedBy(3)).containsExactly("other", "view-then-order");
  }

  /** The rules that tell of a view and an order. */
  private List<String> firedBy(int round) throws Exception {
    harness.getOutput().clear();
    Duration then = Duration.ofMinutes(round);
    send(CUSTOMER.after(then).event("v-" + round, "page.viewed", Events.data()));
    send(
        CUSTOMER
            .after(then.plusSeconds(1))
            .event("o-" + round, "order.placed", Events.data().put("orderId", "o-" + round)));
    List<String> fired = new ArrayList<>();
    for (Outbound out : harness.extractOutputValues()) {
      if (out.goesTo(Topic.ALERTS)) {
        fired.add(ruleOf(out));
      }
    }
    return fired;
  }

  private static String ruleOf(Outbound out) throws IOException {
    return Json.read(out.value, Alert.class).ruleId();
  }

  private void change(String key, String document) throws Exception {
    harness.processElement2(new StreamRecord<>(new RuleChange(key, document.getBytes(UTF_8))));
  }

  private void send(Event event) throws Exception {
    IntakeRecord record =
        intake.read(event.toBytes(), event.time().toEpochMilli() + 40, () -> "test/0/0");
    harness.processElement1(record, record.eventTimeMs);
  }

  private static KeyedTwoInputStreamOperatorTestHarness<String, IntakeRecord, RuleChange, Outbound>
      harness() throws Exception {
    return new KeyedTwoInputStreamOperatorTestHarness<>(
        new CustomerOperator(OPTIONS),
        record -> record.customerKey,
        change -> change.key,
        Types.STRING);
  }
}
