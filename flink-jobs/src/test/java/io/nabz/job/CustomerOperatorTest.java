package io.nabz.job;

import static io.nabz.testkit.Events.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.nabz.intake.EventIntake;
import io.nabz.intake.IntakeRecord;
import io.nabz.model.Alert;
import io.nabz.model.Event;
import io.nabz.model.Json;
import io.nabz.model.Snapshot;
import io.nabz.testkit.Events;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CustomerOperatorTest {
  private static final JobOptions OPTIONS = JobOptions.of("nowhere:9092");
  private static final Events CUSTOMER = Events.of("C-1");
  private static final Event SHOES = CUSTOMER.cartItemAdded("add", "shoes", 900);
  private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

  private final EventIntake intake = new EventIntake("IR");
  private KeyedOneInputStreamOperatorTestHarness<String, IntakeRecord, Outbound> harness;

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

    StreamRecord<Outbound> out = onlySnapshot();
    assertThat(new String(out.getValue().key)).isEqualTo("default/C-1");
    assertThat(Json.read(out.getValue().value, Snapshot.class).currentActivity().contacts())
        .hasSize(1);
  }

  @Test
  void aDuplicateGivesNothing() throws Exception {
    send(CUSTOMER.call("k"));
    harness.getOutput().clear();

    send(CUSTOMER.call("k"));

    assertThat(harness.getOutput()).isEmpty();
  }

  @Test
  void anErasedCustomerLeavesATombstoneAndNoTimerBeyondTheMonth() throws Exception {
    send(CUSTOMER.call("k"));
    harness.getOutput().clear();

    send(CUSTOMER.after(Duration.ofMinutes(1)).event("e", "customer.erased", Events.data()));

    assertThat(onlySnapshot().getValue().value).isNull();
    harness.processWatermark(START.plus(Duration.ofDays(31)).toEpochMilli());
    assertThat(harness.numKeyedStateEntries()).isZero();
    assertThat(harness.numEventTimeTimers()).isZero();
  }

  @Test
  void theWatermarkAbandonsTheCart() throws Exception {
    send(SHOES);

    harness.processWatermark(START.plus(HALF_AN_HOUR).toEpochMilli() - 1);
    assertThat(alerts()).isEmpty();

    harness.processWatermark(START.plus(HALF_AN_HOUR).toEpochMilli());
    assertThat(alerts()).extracting(Alert::ruleId).containsExactly("cart-abandoned");
  }

  @Test
  void onASilentTopicTheWallClockAbandonsTheCart() throws Exception {
    harness.processWatermark(START.toEpochMilli());
    send(SHOES);
    harness.processWatermarkStatus(WatermarkStatus.IDLE);

    harness.setProcessingTime(START.plus(HALF_AN_HOUR).toEpochMilli() - 1_000);
    assertThat(alerts()).isEmpty();

    harness.setProcessingTime(START.plus(HALF_AN_HOUR).toEpochMilli() + 1_000);
    assertThat(alerts()).extracting(Alert::ruleId).containsExactly("cart-abandoned");
  }

  @Test
  void aRestartThatSleptThroughTheHalfHourStillNotices() throws Exception {
    harness.processWatermark(START.toEpochMilli());
    send(SHOES);
    OperatorSubtaskState checkpoint = harness.snapshot(1, 1);
    harness.close();

    harness = harness();
    harness.setProcessingTime(START.plus(Duration.ofHours(1)).toEpochMilli());
    harness.initializeState(checkpoint);
    harness.open();
    harness.processWatermarkStatus(WatermarkStatus.IDLE);
    harness.setProcessingTime(START.plus(Duration.ofHours(1)).toEpochMilli() + 6_000);

    assertThat(alerts()).extracting(Alert::ruleId).containsExactly("cart-abandoned");
  }

  @Test
  void thereIsAtMostOneTimerACustomerAndNoneOnceNothingIsDue() throws Exception {
    send(SHOES);
    send(CUSTOMER.after(Duration.ofMinutes(1)).call("k-1"));
    send(CUSTOMER.after(Duration.ofMinutes(2)).call("k-2"));
    assertThat(harness.numEventTimeTimers()).isEqualTo(1);

    harness.processWatermark(START.plus(Duration.ofDays(60)).toEpochMilli());
    assertThat(harness.numEventTimeTimers()).isEqualTo(1);
    assertThat(harness.numKeyedStateEntries()).as("one record a customer").isEqualTo(1);

    harness.processWatermark(START.plus(Duration.ofDays(401)).toEpochMilli());
    assertThat(harness.numEventTimeTimers()).isZero();
    assertThat(harness.numProcessingTimeTimers()).isZero();
    assertThat(harness.numKeyedStateEntries()).as("forgotten").isZero();
  }

  @Test
  void aReplayOfOldTimesIntoARunningSystemIsNotAgesOfSilence() throws Exception {
    harness.processWatermark(START.toEpochMilli());
    Events longAgo = CUSTOMER.at(START.minus(Duration.ofDays(9000)));
    Events tenMinutesLater = CUSTOMER.at(START.minus(Duration.ofDays(9000)).plusSeconds(600));

    send(longAgo.call("a"));
    harness.processWatermark(START.toEpochMilli() + 1_000);
    send(longAgo.call("b"));
    harness.processWatermark(START.toEpochMilli() + 2_000);
    send(tenMinutesLater.call("c"));

    assertThat(alerts()).extracting(Alert::ruleId).containsExactly("repeat-caller");

    harness.processWatermark(START.plus(Duration.ofHours(25)).toEpochMilli());
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

  private void sendThreeCalls() throws Exception {
    for (int i = 0; i < 3; i++) {
      send(CUSTOMER.after(Duration.ofMinutes(i)).call("k-" + i));
    }
  }

  private void send(Event event) throws Exception {
    IntakeRecord record =
        intake.read(event.toBytes(), event.time().toEpochMilli() + 40, () -> "test/0/0");
    harness.processElement(record, record.eventTimeMs);
  }

  private List<Alert> alerts() throws IOException {
    List<Alert> alerts = new ArrayList<>();
    Queue<StreamRecord<Outbound>> out = harness.getSideOutput(CustomerOperator.ALERTS);
    if (out != null) {
      for (StreamRecord<Outbound> record : out) {
        alerts.add(Json.read(record.getValue().value, Alert.class));
      }
    }
    return alerts;
  }

  private StreamRecord<Outbound> onlySnapshot() {
    List<? extends StreamRecord<? extends Outbound>> snapshots =
        harness.extractOutputStreamRecords();
    assertThat(snapshots).hasSize(1);
    @SuppressWarnings("unchecked")
    StreamRecord<Outbound> only = (StreamRecord<Outbound>) snapshots.get(0);
    return only;
  }

  private Snapshot newestSnapshot() throws IOException {
    List<StreamRecord<? extends Outbound>> snapshots = harness.extractOutputStreamRecords();
    return Json.read(snapshots.get(snapshots.size() - 1).getValue().value, Snapshot.class);
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, IntakeRecord, Outbound> harness()
      throws Exception {
    return new KeyedOneInputStreamOperatorTestHarness<>(
        new CustomerOperator(OPTIONS), record -> record.customerKey, Types.STRING);
  }
}
