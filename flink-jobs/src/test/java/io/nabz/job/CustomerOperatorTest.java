package io.nabz.job;

import static io.nabz.testkit.Events.START;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.nabz.intake.EventIntake;
import io.nabz.intake.IntakeRecord;
import io.nabz.model.Alert;
import io.nabz.model.AlertState;
import io.nabz.model.Event;
import io.nabz.model.Json;
import io.nabz.model.Snapshot;
import io.nabz.model.SuppressionReason;
import io.nabz.model.Topic;
import io.nabz.rules.engine.RuleCompiler;
import io.nabz.rules.engine.RuleSet;
import io.nabz.rules.engine.UnderWay;
import io.nabz.rules.language.RuleReader;
import io.nabz.testkit.Events;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CustomerOperatorTest {
  private static final JobOptions OPTIONS =
      JobOptions.from(
          Map.of(
              JobOptions.BOOTSTRAP_SERVERS.key(), "nowhere:9092",
              // Room for a few customers only, so that they make room for each other.
              JobOptions.HOT_CUSTOMERS.key(), "32 kb"));
  private static final Events CUSTOMER = Events.of("C-1");
  private static final Event SHOES = CUSTOMER.cartItemAdded("add", "shoes", 900);
  private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

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
  void everyEventGivesASnapshotUnderTheCustomersKey() throws Exception {
    send(CUSTOMER.call("k"));

    Outbound out = onlySnapshot();
    assertThat(new String(out.key)).isEqualTo("default/C-1");
    assertThat(Json.read(out.value, Snapshot.class).currentActivity().contacts()).hasSize(1);
  }

  @Test
  void aDuplicateGivesNothing() throws Exception {
    send(CUSTOMER.call("k"));
    harness.getOutput().clear();

    send(CUSTOMER.call("k"));

    assertThat(harness.getOutput()).isEmpty();
  }

  @Test
  void ofABurstTheFirstSnapshotGoesAtOnceAndTheLastSoonAfter() throws Exception {
    send(CUSTOMER.call("k-1"));
    send(CUSTOMER.after(Duration.ofSeconds(1)).call("k-2"));
    send(CUSTOMER.after(Duration.ofSeconds(2)).call("k-3"));
    assertThat(newestSnapshot().history().contacts()).hasSize(1);
    assertThat(alerts()).as("an alert never waits").hasSize(1);

    harness.setProcessingTime(START.toEpochMilli() + 49);
    assertThat(snapshots()).hasSize(1);
    harness.setProcessingTime(START.toEpochMilli() + 50);
    assertThat(snapshots()).hasSize(2);
    assertThat(newestSnapshot().history().contacts()).hasSize(3);

    harness.setProcessingTime(START.toEpochMilli() + 1_000);
    assertThat(snapshots()).as("nothing has changed since").hasSize(2);
  }

  @Test
  void whatWaitsGoesBeforeACheckpointAndIsInIt() throws Exception {
    send(CUSTOMER.call("k-1"));
    send(CUSTOMER.after(Duration.ofSeconds(1)).call("k-2"));

    harness.prepareSnapshotPreBarrier(1);
    OperatorSubtaskState checkpoint = harness.snapshot(1, 1);
    assertThat(newestSnapshot().history().contacts()).hasSize(2);
    harness.close();

    harness = harness();
    harness.initializeState(checkpoint);
    harness.open();
    send(CUSTOMER.after(Duration.ofSeconds(2)).call("k-3"));
    assertThat(newestSnapshot().history().contacts()).hasSize(3);
  }

  @Test
  void aCustomerWhoHadToMakeRoomIsReadAgain() throws Exception {
    int customers = 40;
    for (int call = 0; call < 3; call++) {
      for (int i = 0; i < customers; i++) {
        send(Events.of("C-" + i).after(Duration.ofMinutes(call)).call("k-" + i + "-" + call));
      }
      harness.setProcessingTime(START.plusSeconds(call + 1).toEpochMilli());
    }

    Map<String, Snapshot> newest = new HashMap<>();
    for (Outbound out : snapshots()) {
      newest.put(new String(out.key, UTF_8), Json.read(out.value, Snapshot.class));
    }
    assertThat(newest).hasSize(customers);
    assertThat(newest.values()).allMatch(snapshot -> snapshot.history().contacts().size() == 3);
  }

  @Test
  void anErasedCustomerLeavesATombstoneAndNoTimerBeyondTheMonth() throws Exception {
    send(CUSTOMER.call("k"));
    harness.getOutput().clear();

    send(CUSTOMER.after(Duration.ofMinutes(1)).event("e", "customer.erased", Events.data()));

    assertThat(onlySnapshot().value).isNull();
    for (Topic topic : List.of(Topic.ALERTS, Topic.TIMELINE)) {
      assertThat(harness.extractOutputValues())
          .filteredOn(out -> out.goesTo(topic))
          .as(topic + ": the last word is a tombstone")
          .last()
          .satisfies(out -> assertThat(out.value).isNull());
    }
    harness.processWatermark1(new Watermark(START.plus(Duration.ofDays(31)).toEpochMilli()));
    assertThat(harness.numKeyedStateEntries()).isZero();
    assertThat(harness.numEventTimeTimers()).isZero();
  }

  @Test
  void theWatermarkAbandonsTheCart() throws Exception {
    send(SHOES);

    harness.processWatermark1(new Watermark(START.plus(HALF_AN_HOUR).toEpochMilli() - 1));
    assertThat(alerts()).isEmpty();

    harness.processWatermark1(new Watermark(START.plus(HALF_AN_HOUR).toEpochMilli()));
    assertThat(alerts()).extracting(Alert::ruleId).containsExactly("cart-abandoned");
  }

  @Test
  void onASilentTopicTheWallClockAbandonsTheCart() throws Exception {
    harness.processWatermark1(new Watermark(START.toEpochMilli()));
    send(SHOES);
    harness.processWatermarkStatus1(WatermarkStatus.IDLE);

    harness.setProcessingTime(START.plus(HALF_AN_HOUR).toEpochMilli() - 1_000);
    assertThat(alerts()).isEmpty();

    harness.setProcessingTime(START.plus(HALF_AN_HOUR).toEpochMilli() + 1_000);
    assertThat(alerts()).extracting(Alert::ruleId).containsExactly("cart-abandoned");
  }

  @Test
  void aRestartThatSleptThroughTheHalfHourStillNotices() throws Exception {
    harness.processWatermark1(new Watermark(START.toEpochMilli()));
    send(SHOES);
    OperatorSubtaskState checkpoint = harness.snapshot(1, 1);
    harness.close();

    harness = harness();
    harness.setProcessingTime(START.plus(Duration.ofHours(1)).toEpochMilli());
    harness.initializeState(checkpoint);
    harness.open();
    harness.processWatermarkStatus1(WatermarkStatus.IDLE);
    harness.setProcessingTime(START.plus(Duration.ofHours(1)).toEpochMilli() + 6_000);

    assertThat(alerts()).extracting(Alert::ruleId).containsExactly("cart-abandoned");
  }

  @Test
  void thereIsAtMostOneTimerACustomerAndNoneOnceNothingIsDue() throws Exception {
    send(SHOES);
    send(CUSTOMER.after(Duration.ofMinutes(1)).call("k-1"));
    send(CUSTOMER.after(Duration.ofMinutes(2)).call("k-2"));
    assertThat(harness.numEventTimeTimers()).isEqualTo(1);

    harness.processWatermark1(new Watermark(START.plus(Duration.ofDays(60)).toEpochMilli()));
    assertThat(harness.numEventTimeTimers()).isEqualTo(1);
    assertThat(harness.numKeyedStateEntries()).as("one record a customer").isEqualTo(1);

    harness.processWatermark1(new Watermark(START.plus(Duration.ofDays(401)).toEpochMilli()));
    assertThat(harness.numEventTimeTimers()).isZero();
    assertThat(harness.numProcessingTimeTimers()).isZero();
    assertThat(harness.numKeyedStateEntries()).as("forgotten").isZero();
  }

  @Test
  void aReplayOfOldTimesIntoARunningSystemIsNotAgesOfSilence() throws Exception {
    harness.processWatermark1(new Watermark(START.toEpochMilli()));
    Events longAgo = CUSTOMER.at(START.minus(Duration.ofDays(9000)));
    Events tenMinutesLater = CUSTOMER.at(START.minus(Duration.ofDays(9000)).plusSeconds(600));

    send(longAgo.call("a"));
    harness.processWatermark1(new Watermark(START.toEpochMilli() + 1_000));
    send(longAgo.call("b"));
    harness.processWatermark1(new Watermark(START.toEpochMilli() + 2_000));
    send(tenMinutesLater.call("c"));

    assertThat(alerts()).extracting(Alert::ruleId).containsExactly("repeat-caller");

    harness.processWatermark1(new Watermark(START.plus(Duration.ofHours(25)).toEpochMilli()));
    assertThat(newestSnapshot().flags()).as("a day later it is over").isEmpty();
  }

  @Test
  void aReplayAfterAFailureRepeatsTheSameAlertIds() throws Exception {
    OperatorSubtaskState before = harness.snapshot(1, 1);
    sendThreeCalls();
    List<String> first = alerts().stream().map(Alert::alertId).toList();
    harness.close();

    harness = harness();
    harness.initializeState(before);
    harness.open();
    sendThreeCalls();

    assertThat(alerts()).extracting(Alert::alertId).isEqualTo(first).hasSize(1);
  }

  @Test
  void aRuleRunsFromTheNextEventOnUntilItIsGone() throws Exception {
    Event[] views = new Event[4];
    for (int i = 0; i < views.length; i++) {
      views[i] = CUSTOMER.after(Duration.ofMinutes(i)).event("v" + i, "page.viewed", Events.data());
    }
    send(views[0]);
    put("each-view", RULE);
    send(views[1]);
    put("each-view", "id: each-view\npattern: []\n");
    send(views[2]);
    assertThat(alerts()).as("the broken one is not taken over").hasSize(2);
    assertThat(alerts().get(0).title().en()).isEqualTo("Views of gold");

    harness.processElement2(new StreamRecord<>(new RuleChange("default/each-view", null)));
    send(views[3]);
    assertThat(alerts()).hasSize(2);
  }

  @Test
  void aRuleOfAnotherTenantIsNothingToThisOne() throws Exception {
    harness.processElement2(
        new StreamRecord<>(new RuleChange("other/each-view", RULE.getBytes(UTF_8))));

    send(CUSTOMER.event("v", "page.viewed", Events.data()));

    assertThat(alerts()).isEmpty();
  }

  @Test
  void rulesAndWhatTheyWaitForAreInTheCheckpoint() throws Exception {
    put("no-answer", ABSENCE);
    harness.processWatermark1(new Watermark(START.toEpochMilli()));
    send(CUSTOMER.event("v", "page.viewed", Events.data()));
    harness.prepareSnapshotPreBarrier(1);
    OperatorSubtaskState checkpoint = harness.snapshot(1, 1);
    harness.close();

    harness = harness();
    harness.initializeState(checkpoint);
    harness.open();
    long due = START.plus(Duration.ofMinutes(7)).toEpochMilli();
    harness.processWatermark1(new Watermark(due - 1));
    assertThat(alerts()).isEmpty();
    harness.processWatermark1(new Watermark(due));
    assertThat(alerts()).extracting(Alert::ruleId).containsExactly("no-answer");

    send(CUSTOMER.after(Duration.ofMinutes(6)).event("o", "order.placed", Events.data()));
    assertThat(alerts().get(1).state()).isEqualTo(AlertState.RETRACTED);
    assertThat(alerts().get(1).alertId()).isEqualTo(alerts().get(0).alertId());
  }

  @Test
  void ofAlertsForMarketingNoMoreThanTheCapGoOutAndTheRefusalSaysWhy() throws Exception {
    put("each-view", RULE.replace("audience: agent", "audience: marketing"));
    for (int i = 0; i < 4; i++) {
      send(CUSTOMER.after(Duration.ofMinutes(i)).event("v" + i, "page.viewed", Events.data()));
    }
    assertThat(alerts())
        .as("the cap is 3")
        .extracting(Alert::state)
        .containsExactly(AlertState.OPEN, AlertState.OPEN, AlertState.OPEN, AlertState.SUPPRESSED);
    assertThat(harness.getSideOutput(CustomerOperator.ALERTS))
        .as("what is counted as told")
        .hasSize(3);

    harness.prepareSnapshotPreBarrier(1);
    OperatorSubtaskState checkpoint = harness.snapshot(1, 1);
    harness.close();
    harness = harness();
    harness.initializeState(checkpoint);
    harness.open();
    send(CUSTOMER.after(Duration.ofMinutes(4)).event("v4", "page.viewed", Events.data()));

    assertThat(harness.getSideOutput(CustomerOperator.ALERTS)).as("what is counted").isNull();
    List<Alert> out = alerts();
    assertThat(out).hasSize(1);
    assertThat(out.get(0).state()).isEqualTo(AlertState.SUPPRESSED);
    assertThat(out.get(0).suppression().reason()).isEqualTo(SuppressionReason.FREQUENCY_CAP);
  }

  @Test
  void aSnapshotCarriesWhatRulesHaveUnderWayAndOnlyThen() throws Exception {
    put("no-answer", ABSENCE);
    RuleSet rules =
        new RuleSet(List.of(RuleCompiler.compile(RuleReader.read(ABSENCE.getBytes(UTF_8)))));
    send(CUSTOMER.event("s", "screen.viewed", Events.data()));
    assertThat(onlySnapshot().underWay).isNull();

    harness.setProcessingTime(START.toEpochMilli() + 1_000);
    send(CUSTOMER.event("v", "page.viewed", Events.data()));
    UnderWay told = UnderWay.read(rules, newest().underWay, START).get(0);
    assertThat(told.ruleId()).isEqualTo("no-answer");
    assertThat(told.matches().get(0).evidence().get(0).eventId()).isEqualTo("v");

    harness.setProcessingTime(START.toEpochMilli() + 2_000);
    harness.processWatermark1(new Watermark(START.plus(Duration.ofMinutes(7)).toEpochMilli()));
    assertThat(alerts()).hasSize(1);
    assertThat(newest().underWay).as("told, so no longer under way").isNull();
  }

  @Test
  void anErasedCustomerIsForgottenByRulesToo() throws Exception {
    put("no-answer", ABSENCE);
    send(CUSTOMER.event("v", "page.viewed", Events.data()));
    send(CUSTOMER.after(Duration.ofMinutes(1)).event("e", "customer.erased", Events.data()));

    harness.processWatermark1(new Watermark(START.plus(Duration.ofHours(1)).toEpochMilli()));

    assertThat(alerts()).isEmpty();
  }

  private void put(String id, String yaml) throws Exception {
    harness.processElement2(
        new StreamRecord<>(new RuleChange("default/" + id, yaml.getBytes(UTF_8))));
  }

  private void sendThreeCalls() throws Exception {
    for (int i = 0; i < 3; i++) {
      send(CUSTOMER.after(Duration.ofMinutes(i)).call("k-" + i));
    }
  }

  private void send(Event event) throws Exception {
    IntakeRecord record =
        intake.read(event.toBytes(), event.time().toEpochMilli() + 40, () -> "test/0/0");
    harness.processElement1(record, record.eventTimeMs);
  }

  private List<Alert> alerts() throws IOException {
    List<Alert> alerts = new ArrayList<>();
    for (Outbound out : harness.extractOutputValues()) {
      if (out.goesTo(Topic.ALERTS) && out.value != null) {
        alerts.add(Json.read(out.value, Alert.class));
      }
    }
    return alerts;
  }

  private Outbound onlySnapshot() {
    List<Outbound> snapshots = snapshots();
    assertThat(snapshots).hasSize(1);
    return snapshots.get(0);
  }

  private Snapshot newestSnapshot() throws IOException {
    return Json.read(newest().value, Snapshot.class);
  }

  private Outbound newest() {
    List<Outbound> snapshots = snapshots();
    return snapshots.get(snapshots.size() - 1);
  }

  private List<Outbound> snapshots() {
    List<Outbound> snapshots = new ArrayList<>();
    for (Outbound out : harness.extractOutputValues()) {
      if (out.goesTo(Topic.SNAPSHOTS)) {
        snapshots.add(out);
      }
    }
    return snapshots;
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
