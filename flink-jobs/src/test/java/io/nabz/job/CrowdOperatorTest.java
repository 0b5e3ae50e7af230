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
import io.nabz.model.Topic;
import io.nabz.rules.engine.CrowdKey;
import io.nabz.testkit.Events;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The operator of rules across customers, and what that of the customers sends to it. */
class CrowdOperatorTest {
  private static final JobOptions OPTIONS = JobOptions.of("nowhere:9092");
  private static final long SEED = Long.getLong("nabz.kills.seed", 1);
  private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

  private static final String THREE =
      """
      id: three
      version: 1
      audience: supervisor
      name: {en: n, fa: ن}
      across: customers
      by: data.task
      pattern:
        - {as: fail, type: selfservice.failed, aggregate: {function: distinct, field: customerId, window: 10m, atLeast: 3}}
      cooldown: 30m
      then: {title: {en: "{{by}} fails", fa: "{{by}}"}}
      """;

  private static final String NONE_MENDED =
      """
      id: none-mended
      audience: supervisor
      name: {en: n, fa: ن}
      across: customers
      by: data.task
      pattern:
        - {as: fail, type: selfservice.failed}
        - {as: fixed, type: selfservice.succeeded, not: true}
      within: 10m
      cooldown: 30m
      then: {title: {en: "{{by}} stays", fa: "{{by}}"}}
      """;

  private final EventIntake intake = new EventIntake("IR");
  private KeyedTwoInputStreamOperatorTestHarness<String, CrowdRecord, RuleChange, Outbound> harness;

  @BeforeEach
  void open() throws Exception {
    open(null);
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  @Test
  void threeCustomersMakeOneAlertUnderItsOwnKeyAndOneFigure() throws Exception {
    change("default/three", THREE);
    for (int i = 0; i < 9; i++) {
      send(fail(i, "C-" + i, "track"));
    }

    List<Outbound> told = told();
    assertThat(told).hasSize(1);
    CrowdKey track = new CrowdKey("default", "data.task", "track");
    assertThat(new String(told.get(0).key, UTF_8)).isEqualTo(track.ofAlerts("three"));
    Alert alert = alert(told.get(0));
    assertThat(alert.customerId()).isNull();
    assertThat(alert.title().en()).isEqualTo("track fails");
    assertThat(harness.getSideOutput(CrowdOperator.ALERTS)).hasSize(1);
  }

  @Test
  void valuesAndTenantsAreCountedApart() throws Exception {
    change("default/three", THREE);
    change("acme/three", THREE);
    send(fail(0, "C-1", "track"));
    send(fail(1, "C-2", "track"));
    send(fail(2, "C-3", "pay"));
    Event other = fail(3, "C-4", "track");
    send(new CrowdRecord("acme/data.task/track", "C-4", ms(other), other.toBytes()));

    assertThat(told()).isEmpty();
  }

  @Test
  void aRuleIsTakenUpAndGivenUpWhileItRunsAndKeptOverARestart() throws Exception {
    send(fail(0, "C-1", "track"));
    change("default/three", THREE);
    send(fail(1, "C-2", "track"));
    send(fail(2, "C-3", "track"));
    assertThat(told()).as("it begins with the next event").isEmpty();

    open(harness.snapshot(1, 1));
    send(fail(3, "C-4", "track"));
    assertThat(told()).hasSize(1);

    change("default/three", null);
    harness.getOutput().clear();
    for (int i = 40; i < 50; i++) {
      send(fail(i, "C-" + i, "track"));
    }
    assertThat(told()).isEmpty();
  }

  @Test
  void anAbsenceIsToldByTheClockOnASilentTopicAndTakenBack() throws Exception {
    change("default/none-mended", NONE_MENDED);
    send(fail(0, "C-1", "track"));
    harness.processWatermark1(new Watermark(START.toEpochMilli()));
    harness.processWatermarkStatus1(WatermarkStatus.IDLE);
    assertThat(told()).isEmpty();
    harness.setProcessingTime(START.plus(TEN_MINUTES).toEpochMilli() + 1_000);
    assertThat(told()).hasSize(1);

    harness.processWatermarkStatus1(WatermarkStatus.ACTIVE);
    send(event("selfservice.succeeded", 9, "C-2", "track"));
    assertThat(alert(told().get(1)).state()).isEqualTo(AlertState.RETRACTED);
    assertThat(told().get(1).key).isEqualTo(told().get(0).key);
  }

  @Test
  void nothingIsLeftWhenNothingMattersAnyMore() throws Exception {
    change("default/three", THREE);
    for (String task : List.of("track", "pay", "refund")) {
      send(fail(0, "C-1", task));
    }
    send(event("selfservice.failed", 1, "C-1", "track"));
    assertThat(harness.numKeyedStateEntries()).isEqualTo(3);
    assertThat(harness.numEventTimeTimers()).isEqualTo(3);

    // Window and cooldown and a minute of grace, after the events of minutes 0 and 1.
    harness.processWatermark1(new Watermark(START.plus(Duration.ofMinutes(41)).toEpochMilli()));
    assertThat(harness.numKeyedStateEntries()).isEqualTo(1);
    harness.processWatermark1(new Watermark(START.plus(Duration.ofMinutes(42)).toEpochMilli()));
    assertThat(harness.numKeyedStateEntries()).isZero();
    assertThat(harness.numEventTimeTimers()).isZero();
  }

  @Test
  void aSenderWhoseClockRunsAheadDoesNotEndTheWindowOfTheOthers() throws Exception {
    change("default/three", THREE);
    send(fail(0, "C-1", "track"));
    Event ahead = fail(600, "C-2", "track");
    send(new CrowdRecord(key(ahead), "C-2", START.toEpochMilli() + 60_000, ahead.toBytes()));
    send(fail(2, "C-3", "track"));

    assertThat(told()).hasSize(1);
    assertThat(alert(told().get(0)).evidence().get(1).time()).isEqualTo(START.plusSeconds(60));
  }

  @Test
  void killsAndAnotherOrderOfTheCustomersLeaveTheAlertsTheSame() throws Exception {
    Random random = new Random(SEED);
    List<List<Event>> minutes = new ArrayList<>();
    for (int minute = 0; minute < 120; minute++) {
      List<Event> events = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        String task = random.nextBoolean() ? "track" : "pay";
        events.add(
            Events.of("C-" + random.nextInt(40))
                .after(Duration.ofMinutes(minute))
                .event("e" + minute + "-" + i, "selfservice.failed", data(task)));
      }
      minutes.add(events);
    }
    TreeMap<String, AlertState> expected = play(minutes, new Random(SEED), 0);
    assertThat(expected).as("two tasks over two hours, half an hour apart").hasSize(8);

    for (int run = 1; run <= 5; run++) {
      assertThat(play(minutes, new Random(SEED + run), 6)).as("seed %d", SEED).isEqualTo(expected);
    }
  }

  @Test
  void ofACustomersEventsOnlyNewOnesThatARuleWaitsForAreSentOn() throws Exception {
    try (KeyedTwoInputStreamOperatorTestHarness<String, IntakeRecord, RuleChange, Outbound>
        customers =
            new KeyedTwoInputStreamOperatorTestHarness<>(
                new CustomerOperator(OPTIONS),
                record -> record.customerKey,
                change -> change.key,
                Types.STRING)) {
      customers.setProcessingTime(START.toEpochMilli());
      customers.open();
      Event first = fail(0, "C-1", "track");
      customers.processElement1(new StreamRecord<>(record(first)));
      assertThat(customers.getSideOutput(CustomerOperator.CROWD)).as("no rule asks").isNull();

      customers.processElement2(
          new StreamRecord<>(new RuleChange("default/three", THREE.getBytes(UTF_8))));
      Event second = fail(1, "C-1", "track");
      for (Event event :
          List.of(
              second,
              second,
              event("page.viewed", 2, "C-1", "track"),
              Events.of("C-1").event("bare", "selfservice.failed", Events.data()))) {
        customers.processElement1(new StreamRecord<>(record(event)));
      }

      assertThat(customers.getSideOutput(CustomerOperator.CROWD))
          .extracting(sent -> sent.getValue().key + " " + sent.getValue().customerId)
          .containsExactly("default/data.task/track C-1");
      assertThat(customers.extractOutputValues())
          .as("and it does not run there too")
          .noneMatch(out -> out.goesTo(Topic.ALERTS) && ofRule(out, "three"));
    }
  }

  /** Alert ids with the state that was told last; the customers of a minute come in any order. */
  private TreeMap<String, AlertState> play(List<List<Event>> minutes, Random random, int kills)
      throws Exception {
    TreeMap<String, AlertState> alerts = new TreeMap<>();
    open(null);
    change("default/three", THREE);
    OperatorSubtaskState checkpoint = harness.snapshot(0, 0);
    int checkpointAt = 0;
    int left = kills;
    for (int i = 0; i < minutes.size(); i++) {
      List<Event> events = new ArrayList<>(minutes.get(i));
      Collections.shuffle(events, random);
      for (Event event : events) {
        send(event);
      }
      for (Outbound out : told()) {
        alerts.put(alert(out).alertId(), alert(out).state());
      }
      if (random.nextInt(7) == 0) {
        checkpoint = harness.snapshot(i + 1L, i + 1L);
        checkpointAt = i + 1;
      } else if (left > 0 && random.nextInt(8) == 0) {
        left--;
        open(checkpoint);
        i = checkpointAt - 1;
      }
    }
    return alerts;
  }

  private void open(OperatorSubtaskState from) throws Exception {
    if (harness != null) {
      harness.close();
    }
    harness =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new CrowdOperator(OPTIONS), record -> record.key, change -> change.key, Types.STRING);
    harness.setProcessingTime(START.toEpochMilli());
    if (from != null) {
      harness.initializeState(from);
    }
    harness.open();
  }

  private void change(String key, String rule) throws Exception {
    byte[] document = rule == null ? null : rule.getBytes(UTF_8);
    harness.processElement2(new StreamRecord<>(new RuleChange(key, document)));
  }

  private void send(Event event) throws Exception {
    send(new CrowdRecord(key(event), event.subject(), ms(event) + 40, event.toBytes()));
  }

  private void send(CrowdRecord record) throws Exception {
    harness.processElement1(new StreamRecord<>(record));
  }

  private List<Outbound> told() {
    return harness.extractOutputValues().stream().filter(out -> out.goesTo(Topic.ALERTS)).toList();
  }

  private IntakeRecord record(Event event) {
    return intake.read(event.toBytes(), ms(event) + 40, () -> "test/0/0");
  }

  private static String key(Event event) {
    return new CrowdKey("default", "data.task", event.text("task")).toString();
  }

  private static Event fail(int minute, String customer, String task) {
    return event("selfservice.failed", minute, customer, task);
  }

  private static Event event(String type, int minute, String customer, String task) {
    return Events.of(customer)
        .after(Duration.ofMinutes(minute))
        .event(type + minute + customer, type, data(task));
  }

  private static com.fasterxml.jackson.databind.node.ObjectNode data(String task) {
    return Events.data().put("task", task);
  }

  private static long ms(Event event) {
    Instant time = event.time();
    return time.toEpochMilli();
  }

  private static boolean ofRule(Outbound out, String ruleId) {
    try {
      return alert(out).ruleId().equals(ruleId);
    } catch (IOException e) {
      throw new AssertionError("an alert is JSON", e);
    }
  }

  private static Alert alert(Outbound out) throws IOException {
    return Json.read(out.value, Alert.class);
  }
}
