package io.nabz.job;

import static io.nabz.testkit.Events.START;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.nabz.intake.EventIntake;
import io.nabz.intake.IntakeRecord;
import io.nabz.model.Alert;
import io.nabz.model.Event;
import io.nabz.model.Json;
import io.nabz.model.Snapshot;
import io.nabz.model.Topic;
import io.nabz.warm.WarmMessage;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;

/**
 * The customer's operator alone, in the words of its tests: events in, alerts and snapshots out.
 */
final class CustomerHarness
    extends KeyedTwoInputStreamOperatorTestHarness<String, IntakeRecord, RuleChange, Outbound> {
  private final JobOptions options;
  private final EventIntake intake = new EventIntake("IR");

  private CustomerHarness(JobOptions options) throws Exception {
    super(
        new CustomerOperator(options),
        record -> record.customerKey,
        change -> change.key,
        Types.STRING);
    this.options = options;
  }

  /** A fresh one, whose clock stands at {@link io.nabz.testkit.Events#START}. */
  static CustomerHarness start(JobOptions options) throws Exception {
    CustomerHarness fresh = new CustomerHarness(options);
    fresh.clock(START);
    fresh.open();
    return fresh;
  }

  OperatorSubtaskState checkpoint() throws Exception {
    prepareSnapshotPreBarrier(1);
    return snapshot(1, 1);
  }

  /** Ends this one as a failure would; the next goes on from the checkpoint, at that moment. */
  CustomerHarness failAndResume(OperatorSubtaskState checkpoint, Instant now) throws Exception {
    close();
    CustomerHarness next = new CustomerHarness(options);
    next.clock(now);
    next.initializeState(checkpoint);
    next.open();
    return next;
  }

  void clock(Instant now) throws Exception {
    setProcessingTime(now.toEpochMilli());
  }

  void watermark(Instant time) throws Exception {
    processWatermark1(new Watermark(time.toEpochMilli()));
  }

  /** Received now, or soon after it happens. */
  IntakeRecord intake(Event event) {
    long soonAfter = event.time().toEpochMilli() + 40;
    return intake(event, Instant.ofEpochMilli(Math.max(soonAfter, getProcessingTime())));
  }

  IntakeRecord intake(Event event, Instant receivedAt) {
    return intake.read(event.toBytes(), receivedAt.toEpochMilli(), () -> "test/0/0");
  }

  void send(Event event) throws Exception {
    send(intake(event));
  }

  void send(IntakeRecord record) throws Exception {
    processElement1(record, record.eventTimeMs);
  }

  /**
   * A record of the topic of rules.
   *
   * @param document null for a tombstone
   */
  void change(String key, String document) throws Exception {
    processElement2(
        new StreamRecord<>(
            new RuleChange(key, document == null ? null : document.getBytes(UTF_8))));
  }

  /** A record of the topic of seeds. */
  void seed(String key, WarmMessage message) throws Exception {
    RuleChange change = new RuleChange(key, message.toBytes());
    change.seed = true;
    processElement2(new StreamRecord<>(change));
  }

  List<Outbound> sentTo(Topic topic) {
    return extractOutputValues().stream().filter(out -> out.goesTo(topic)).toList();
  }

  List<Alert> alerts() throws IOException {
    List<Alert> alerts = new ArrayList<>();
    for (Outbound out : sentTo(Topic.ALERTS)) {
      if (out.value != null) {
        alerts.add(Json.read(out.value, Alert.class));
      }
    }
    return alerts;
  }

  Outbound newest() {
    List<Outbound> snapshots = sentTo(Topic.SNAPSHOTS);
    return snapshots.get(snapshots.size() - 1);
  }

  Snapshot newestSnapshot() throws IOException {
    return Json.read(newest().value, Snapshot.class);
  }
}
