package io.nabz.job;

import static java.util.Objects.requireNonNull;

import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * Runs a function whose event-time timers go by the {@link StreamClock}, so that they fire on a
 * silent topic too. Operator state: {@code clock}.
 */
final class ClockedProcessOperator<I, O> extends HotOperator<I, O> {
  private static final long serialVersionUID = 1;

  private final JobOptions options;
  private transient StreamClock clock;
  private transient long toldMs;

  ClockedProcessOperator(HotFunction<I, O> function, JobOptions options) {
    super(function);
    this.options = requireNonNull(options, "options is null");
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    clock = StreamClock.restore(context, options, getProcessingTimeService());
  }

  @Override
  public void open() throws Exception {
    super.open();
    toldMs = Long.MIN_VALUE;
    clock.start(this::moveOn);
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    clock.save();
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    clock.onWatermark(mark.getTimestamp());
    moveOn();
  }

  @Override
  public void processWatermarkStatus(WatermarkStatus status) throws Exception {
    clock.onIdle(status.isIdle());
    super.processWatermarkStatus(status);
  }

  private void moveOn() throws Exception {
    long now = clock.now();
    if (now > toldMs) {
      toldMs = now;
      super.processWatermark(new Watermark(now));
    }
  }
}
