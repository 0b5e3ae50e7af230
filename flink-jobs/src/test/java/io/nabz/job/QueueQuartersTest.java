package io.nabz.job;

import static io.nabz.testkit.Events.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.nabz.kpi.Measure;
import io.nabz.kpi.PaneDelta;
import io.nabz.rules.watch.Deviations;
import io.nabz.rules.watch.QueueQuarter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the panes tell those who watch queues. */
class QueueQuartersTest {
  private static final String QUARTER = "default/queue:billing/15m@2026-11-22T10:00:00Z";
  private static final long SETTLED =
      START.plus(Duration.ofMinutes(15)).plus(Deviations.SETTLE).toEpochMilli();

  private KeyedOneInputStreamOperatorTestHarness<String, PaneDelta, Outbound> panes;

  @BeforeEach
  void open() throws Exception {
    open(null);
  }

  private void open(OperatorSubtaskState from) throws Exception {
    panes =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KpiPanes(JobOptions.of("nowhere:9092")), delta -> delta.pane, Types.STRING);
    panes.setProcessingTime(START.toEpochMilli());
    if (from != null) {
      panes.initializeState(from);
    }
    panes.open();
  }

  @AfterEach
  void close() throws Exception {
    panes.close();
  }

  @Test
  void aQueuesQuarterIsToldOnceWhenItHasSettled() throws Exception {
    add(QUARTER, Measure.ANSWERED, 30);
    add(QUARTER, Measure.ABANDONED, 10);
    add(QUARTER, Measure.SENTIMENTS, 4);
    add(QUARTER, Measure.SENTIMENT_SUM, -12_000);
    panes.processWatermark(new Watermark(SETTLED - 1));
    assertThat(told()).isEmpty();
    add(QUARTER, Measure.ABANDONED, 2);

    panes.processWatermark(new Watermark(SETTLED));

    assertThat(told()).hasSize(1);
    assertThat(told().get(0).key).isEqualTo("default/data.queue/billing");
    QueueQuarter quarter = told().get(0).quarter;
    assertThat(quarter.startMs).isEqualTo(START.toEpochMilli());
    assertThat(quarter.endMs).isEqualTo(START.plusSeconds(900).toEpochMilli());
    assertThat(quarter.offered).isEqualTo(42);
    assertThat(quarter.abandoned).isEqualTo(12);
    assertThat(quarter.sentiments).isEqualTo(4);
    assertThat(quarter.sentimentSum).isEqualTo(-12_000);
    add(QUARTER, Measure.ABANDONED, 1);
    panes.processWatermark(new Watermark(SETTLED + 900_000));
    assertThat(told()).as("what comes later changes the wallboard").hasSize(1);
  }

  @Test
  void ofOtherPanesAndOfHistoryNothingIsTold() throws Exception {
    panes.processWatermark(new Watermark(START.toEpochMilli()));
    add("default/queue:billing/1h@2026-11-22T10:00:00Z", Measure.ABANDONED, 1);
    add("default/agent:a-1/15m@2026-11-22T10:00:00Z", Measure.ABANDONED, 1);
    add("default/queue:billing/now", Measure.WAITING, 1);
    add("default/queue:billing/15m@1999-11-22T10:00:00Z", Measure.ABANDONED, 1);
    panes.processWatermark(new Watermark(SETTLED));

    assertThat(told()).isEmpty();
  }

  @Test
  void aRestartBeforeItSettlesLosesNothing() throws Exception {
    add(QUARTER, Measure.ABANDONED, 10);
    panes.prepareSnapshotPreBarrier(1);
    OperatorSubtaskState checkpoint = panes.snapshot(1, 1);
    close();
    open(checkpoint);
    add(QUARTER, Measure.ABANDONED, 1);
    panes.processWatermark(new Watermark(SETTLED));

    assertThat(told()).hasSize(1);
    assertThat(told().get(0).quarter.abandoned).isEqualTo(11);
  }

  @Test
  void aStreamThatEndsBeforeItSettlesTellsNothing() throws Exception {
    add(QUARTER, Measure.ABANDONED, 10);
    panes.processWatermark(Watermark.MAX_WATERMARK);

    assertThat(told()).isEmpty();
  }

  private void add(String pane, Measure measure, long value) throws Exception {
    PaneDelta delta = new PaneDelta();
    delta.pane = pane;
    delta.slots = new byte[] {(byte) measure.slot()};
    delta.values = new long[] {value};
    panes.processElement(delta, START.toEpochMilli());
  }

  private List<WatchRecord> told() {
    List<WatchRecord> told = new ArrayList<>();
    if (panes.getSideOutput(KpiPanes.QUARTERS) != null) {
      panes.getSideOutput(KpiPanes.QUARTERS).forEach(record -> told.add(record.getValue()));
    }
    return told;
  }
}
