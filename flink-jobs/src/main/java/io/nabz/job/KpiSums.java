package io.nabz.job;

import static java.util.Objects.requireNonNull;

import io.nabz.kpi.KpiPolicy;
import io.nabz.kpi.PaneBatch;
import io.nabz.kpi.PaneDelta;
import io.nabz.kpi.Share;
import io.nabz.model.KpiInterval;
import io.nabz.rules.watch.Deviations;
import java.time.Duration;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Adds up shares on the spot for a fifth of a second before they go to the panes. It has no state:
 * what it holds goes out ahead of each checkpoint's barrier, and of a clock by which a quarter of
 * an hour has settled: in a fast replay hours pass in a fifth of a second.
 */
final class KpiSums extends AbstractStreamOperator<PaneDelta>
    implements OneInputStreamOperator<Share, PaneDelta>, BoundedOneInput {
  private static final long serialVersionUID = 1;
  private static final Duration EVERY = Duration.ofMillis(200);
  private static final int MAX_SUMS = 5_000;
  private static final long SETTLE_MS = Deviations.SETTLE.toMillis();

  private final KpiPolicy policy;
  private transient PaneBatch batch;
  private transient long flushedMs;
  private transient StreamRecord<PaneDelta> record;

  KpiSums(KpiPolicy policy) {
    this.policy = requireNonNull(policy, "policy is null");
  }

  @Override
  public void open() throws Exception {
    super.open();
    batch = new PaneBatch(policy.zone());
    flushedMs = Long.MIN_VALUE;
    record = new StreamRecord<>(null);
    getProcessingTimeService()
        .scheduleWithFixedDelay(now -> flush(), EVERY.toMillis(), EVERY.toMillis());
  }

  @Override
  public void processElement(StreamRecord<Share> element) {
    batch.add(element.getValue());
    if (batch.size() >= MAX_SUMS) {
      flush();
    }
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    long settledMs = KpiInterval.quarterOf(Math.max(0, mark.getTimestamp()) - SETTLE_MS);
    if (settledMs > flushedMs) {
      flushedMs = settledMs;
      flush();
    }
    super.processWatermark(mark);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    super.prepareSnapshotPreBarrier(checkpointId);
    flush();
  }

  @Override
  public void endInput() {
    flush();
  }

  private void flush() {
    for (PaneDelta delta : batch.drain()) {
      output.collect(record.replace(delta));
    }
  }
}
