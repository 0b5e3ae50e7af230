package io.nabz.job;

import static io.nabz.testkit.Events.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.nabz.identity.Attribution;
import io.nabz.identity.IdentityPolicy;
import io.nabz.identity.IdentityRecord;
import io.nabz.identity.Kept;
import io.nabz.identity.Mention;
import io.nabz.intake.IntakeRecord;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IdentityNodesTest {
  private static final String PHONE = "default/~phone";
  private static final String CUSTOMER = "default/C-1";
  private static final long ONE_DAY_MS = Duration.ofDays(1).toMillis();

  private KeyedOneInputStreamOperatorTestHarness<String, IdentityRecord, IntakeRecord> harness;

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  @Test
  void whatIsKeptOfAnIdentifierIsLetGoAfterAMonthAndAllOfItAfterItsTime() throws Exception {
    harness = open(new IdentifierNodes(IdentityPolicy.DEFAULT), null);
    send(event(PHONE, 1, 0));
    send(event(PHONE, 2, ONE_DAY_MS));
    assertThat(harness.numEventTimeTimers()).isEqualTo(1);
    assertThat(stateEntries()).as("the node and its events").isEqualTo(2);

    watermark(30);
    assertThat(stateEntries()).as("used a day later").isEqualTo(2);
    watermark(31);
    assertThat(stateEntries()).as("the node").isEqualTo(1);
    assertThat(harness.numEventTimeTimers()).isEqualTo(1);

    watermark(401);
    assertThat(stateEntries()).isZero();
    assertThat(harness.numEventTimeTimers()).isZero();
  }

  @Test
  void aNodeTakesUpWhereItWasAfterAFailure() throws Exception {
    harness = open(new IdentifierNodes(IdentityPolicy.DEFAULT), null);
    send(event(PHONE, 1, 0));
    harness.prepareSnapshotPreBarrier(1);
    OperatorSubtaskState checkpoint = harness.snapshot(1, 1);
    harness.close();

    harness = open(new IdentifierNodes(IdentityPolicy.DEFAULT), checkpoint);
    IdentityRecord claim = new IdentityRecord(IdentityRecord.CLAIM, PHONE, at(ONE_DAY_MS));
    claim.target = CUSTOMER;
    send(claim);

    assertThat(harness.extractOutputValues())
        .extracting(record -> record.attribution.kind + " " + record.customerKey)
        .containsExactly(Attribution.REDIRECT + " " + PHONE, Attribution.LINKED + " " + CUSTOMER);
  }

  @Test
  void whatIsSaidOfAnIdentifierThatNobodyUsedLeavesNothing() throws Exception {
    harness = open(new IdentifierNodes(IdentityPolicy.DEFAULT), null);
    for (int kind :
        new int[] {IdentityRecord.MERGED, IdentityRecord.ERASE, IdentityRecord.TAKE_BACK}) {
      send(new IdentityRecord(kind, PHONE, at(0)));
    }

    assertThat(stateEntries()).isZero();
    assertThat(harness.numEventTimeTimers()).isZero();
  }

  @Test
  void theEndOfAStreamIsNoTimeThatHasPassed() throws Exception {
    harness = open(new IdentifierNodes(IdentityPolicy.DEFAULT), null);
    send(event(PHONE, 1, 0));

    harness.processWatermark(Long.MAX_VALUE);

    assertThat(stateEntries()).isEqualTo(2);
  }

  @Test
  void aCustomersLinksAreLetGoLikeItself() throws Exception {
    harness = open(new CustomerLinksNodes(IdentityPolicy.DEFAULT), null);
    IdentityRecord own = event(CUSTOMER, 1, 0);
    own.kind = IdentityRecord.OWN;
    own.mentions = List.of(new Mention(PHONE, false, "phone", "+982112345678"));
    send(own);

    Queue<StreamRecord<IdentityRecord>> claims = harness.getSideOutput(IdentityOutlet.STRONG);
    assertThat(claims).hasSize(1);
    assertThat(claims.peek().getValue().target).isEqualTo(CUSTOMER);
    assertThat(stateEntries()).as("use, links and events").isEqualTo(3);
    watermark(30);
    assertThat(stateEntries()).isEqualTo(2);
    watermark(400);
    assertThat(stateEntries()).isZero();
    assertThat(harness.numEventTimeTimers()).isZero();
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, IdentityRecord, IntakeRecord> open(
      HotFunction<IdentityRecord, IntakeRecord> function, OperatorSubtaskState from)
      throws Exception {
    KeyedOneInputStreamOperatorTestHarness<String, IdentityRecord, IntakeRecord> opened =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new HotOperator<>(function), record -> record.key, Types.STRING);
    if (from != null) {
      opened.initializeState(from);
    }
    opened.open();
    return opened;
  }

  private void send(IdentityRecord record) throws Exception {
    harness.processElement(record, record.timeMs);
  }

  /** As a checkpoint would find it. */
  private int stateEntries() throws Exception {
    harness.prepareSnapshotPreBarrier(1);
    return harness.numKeyedStateEntries();
  }

  private void watermark(int days) throws Exception {
    harness.processWatermark(at(days * ONE_DAY_MS));
  }

  private static IdentityRecord event(String key, long hash, long afterMs) {
    IdentityRecord record = new IdentityRecord(IdentityRecord.EVENT, key, at(afterMs));
    record.event = new Kept(hash, at(afterMs), at(afterMs), new byte[] {1});
    return record;
  }

  private static long at(long afterMs) {
    return START.toEpochMilli() + afterMs;
  }
}
