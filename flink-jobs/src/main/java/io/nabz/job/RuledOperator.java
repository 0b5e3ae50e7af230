package io.nabz.job;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * Runs rules, which come on the second input, with event-time timers that go by the {@link
 * StreamClock}, so that they fire on a silent topic too.
 *
 * <p>Operator state: {@code clock}, where the clock stood. Broadcast state: {@code rules}, see
 * {@link RunningRules}.
 */
abstract class RuledOperator<I> extends AbstractStreamOperator<Outbound>
    implements TwoInputStreamOperator<I, RuleChange, Outbound>, Triggerable<String, VoidNamespace> {
  private static final long serialVersionUID = 1;

  /** How often it is asked whether rules are held back. */
  private static final Duration WATCH = Duration.ofSeconds(5);

  protected final JobOptions options;

  protected transient RunningRules running;
  protected transient InternalTimerService<VoidNamespace> timers;

  private transient StreamClock clock;
  private transient StreamRecord<Outbound> outRecord;
  private transient volatile int throttledRules;

  RuledOperator(JobOptions options) {
    this.options = requireNonNull(options, "options is null");
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    running = RunningRules.restore(context.getOperatorStateStore());
    clock = StreamClock.restore(context, options, getProcessingTimeService());
  }

  /** To be called last when the operator opens: from now on time passes. */
  protected final void start(String timersName) {
    outRecord = new StreamRecord<>(null);
    timers = getInternalTimerService(timersName, VoidNamespaceSerializer.INSTANCE, this);
    getMetricGroup().gauge("throttledRules", () -> throttledRules);
    clock.start(this::moveOn);
    getProcessingTimeService()
        .scheduleWithFixedDelay(
            now -> {
              throttledRules = running.watch(now, this::emit);
              look(now);
            },
            WATCH.toMillis(),
            WATCH.toMillis());
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    clock.save();
  }

  @Override
  public void processElement2(StreamRecord<RuleChange> element) throws Exception {
    if (!element.getValue().seed) {
      running.change(element.getValue());
    }
  }

  /** Called now and then, in wall time. */
  protected void look(long nowMs) throws Exception {}

  @Override
  public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
    throw new IllegalStateException("no processing-time timer is ever registered");
  }

  @Override
  public void processWatermark1(Watermark mark) throws Exception {
    processWatermark(mark);
  }

  /** Rules have no time; their silence must not hold back that of the events. */
  @Override
  public void processWatermark2(Watermark mark) {}

  @Override
  protected void processWatermarkStatus(WatermarkStatus status, int input) throws Exception {
    if (input == 0) {
      processWatermarkStatus(status);
    }
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
    if (now > timers.currentWatermark()) {
      super.processWatermark(new Watermark(now));
    }
  }

  /**
   * Where the stream's clock stands, or {@link Long#MIN_VALUE} before there is one; known right
   * after a restart, when the timers have not yet been told.
   */
  protected final long streamTime() {
    return clock.now();
  }

  /** How far behind the clock an event is that belongs to history; zero for an ordinary one. */
  protected final long lead(long eventTimeMs) {
    long told = timers.currentWatermark();
    long now = told == Long.MIN_VALUE ? streamTime() : told;
    boolean historic =
        now != Long.MIN_VALUE && now - eventTimeMs > options.historicAfter().toMillis();
    return historic ? now - eventTimeMs : 0;
  }

  protected final void emit(Outbound out) {
    output.collect(outRecord.replace(out));
  }

  /** Whether a finished or drained stream has come to its end. */
  protected final boolean isEndOfTime() {
    return timers.currentWatermark() == Long.MAX_VALUE;
  }

  protected final long wallMs() {
    return getProcessingTimeService().getCurrentProcessingTime();
  }
}
