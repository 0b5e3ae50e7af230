package io.nabz.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.nabz.kpi.Fact;
import io.nabz.kpi.Facts;
import io.nabz.model.Alert;
import io.nabz.model.Event;
import io.nabz.model.EventDecoder;
import io.nabz.model.Json;
import io.nabz.model.Topic;
import io.nabz.rules.engine.Call;
import io.nabz.rules.engine.CrowdKey;
import io.nabz.rules.engine.RuleEngine;
import io.nabz.rules.engine.RuleSet;
import io.nabz.rules.engine.RuleState;
import java.time.Duration;
import java.time.Instant;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
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
import org.apache.flink.util.OutputTag;

/**
 * Runs the rules that look across customers, by the value that they tell apart, on those events
 * that the customers' operator found some such rule to wait for.
 *
 * <p>Keyed state: {@code crowd}, one record; gone when nothing in it can matter any more, which is
 * the longest window, cooldown or time to disprove after the newest event, by its own timer. At
 * most one event-time timer a key; {@link CrowdState#timerAtMs} is its twin. Operator state: {@code
 * clock}. Broadcast state: {@code rules}, see {@link RunningRules}.
 */
final class CrowdOperator extends AbstractStreamOperator<Outbound>
    implements TwoInputStreamOperator<CrowdRecord, RuleChange, Outbound>,
        Triggerable<String, VoidNamespace> {
  /** That there was an alert, for the figures. */
  static final OutputTag<Fact> ALERTS =
      new OutputTag<>("crowd-alerts", TypeInformation.of(Fact.class));

  static final ValueStateDescriptor<CrowdState> CROWD =
      new ValueStateDescriptor<>("crowd", TypeInformation.of(CrowdState.class));

  private static final long serialVersionUID = 1;

  /** How often it is asked whether rules are held back. */
  private static final Duration WATCH = Duration.ofSeconds(5);

  private final JobOptions options;

  private transient RuleEngine engine;
  private transient RunningRules rules;
  private transient StreamClock clock;
  private transient ValueState<CrowdState> crowds;
  private transient InternalTimerService<VoidNamespace> timers;
  private transient StreamRecord<Outbound> outRecord;
  private transient StreamRecord<Fact> alertRecord;
  private transient volatile int throttledRules;
  private transient Counter applied;
  private transient Counter alertsOut;

  CrowdOperator(JobOptions options) {
    this.options = requireNonNull(options, "options is null");
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    rules = RunningRules.restore(context.getOperatorStateStore());
    clock = StreamClock.restore(context, options, getProcessingTimeService());
  }

  @Override
  public void open() throws Exception {
    super.open();
    engine = new RuleEngine();
    crowds = getPartitionedState(CROWD);
    timers = getInternalTimerService("crowd-due", VoidNamespaceSerializer.INSTANCE, this);
    outRecord = new StreamRecord<>(null);
    alertRecord = new StreamRecord<>(null);
    applied = getMetricGroup().counter("eventsApplied");
    alertsOut = getMetricGroup().counter("alerts");
    getMetricGroup().gauge("throttledRules", () -> throttledRules);
    clock.start(this::moveOn);
    getProcessingTimeService()
        .scheduleWithFixedDelay(
            now -> throttledRules = rules.watch(now, this::emit),
            WATCH.toMillis(),
            WATCH.toMillis());
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    clock.save();
  }

  @Override
  public void processElement1(StreamRecord<CrowdRecord> element) throws Exception {
    CrowdRecord record = element.getValue();
    CrowdKey key = CrowdKey.parse(record.key);
    RuleSet running = rules.crowds(key.tenant()).of(key.field());
    Instant receivedAt = Instant.ofEpochMilli(record.receivedAtMs);
    // One sender whose clock runs ahead would end the windows of all others.
    Event event = EventDecoder.trusted(record.event).notAfter(receivedAt);
    CrowdState state = crowds.value();
    if (state == null) {
      state = new CrowdState();
    }
    long timeMs = event.time().toEpochMilli();
    if (timeMs >= state.newestMs) {
      state.newestMs = timeMs;
      state.clockLeadMs = lead(timeMs);
    }
    RuleState remembered = remembered(state);
    Call call = Call.across(key, record.customerId, receivedAt, now(), alert -> tell(key, alert));
    engine.apply(running, remembered, event, RuleEngine.NO_WATERMARK, call);
    applied.inc();
    keep(state, remembered, running);
  }

  @Override
  public void processElement2(StreamRecord<RuleChange> element) throws Exception {
    rules.change(element.getValue());
  }

  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
    CrowdState state = crowds.value();
    if (state == null) {
      return;
    }
    state.timerAtMs = RuleState.NEVER;
    CrowdKey key = CrowdKey.parse(timer.getKey());
    RuleSet running = rules.crowds(key.tenant()).of(key.field());
    // At the end of a finished or drained stream all is told that is still due.
    long until =
        isEndOfTime() ? RuleState.NEVER - 1 : timers.currentWatermark() - state.clockLeadMs;
    RuleState remembered = remembered(state);
    Call call = Call.across(key, null, null, now(), alert -> tell(key, alert));
    engine.advance(running, remembered, until, RuleEngine.NO_WATERMARK, call);
    if (!isEndOfTime() && until >= forgottenAt(state, running)) {
      crowds.clear();
    } else {
      keep(state, remembered, running);
    }
  }

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

  /** How far behind the clock an event is that belongs to history; zero for an ordinary one. */
  private long lead(long eventTimeMs) {
    long now = timers.currentWatermark();
    boolean historic =
        now != Long.MIN_VALUE && now - eventTimeMs > options.historicAfter().toMillis();
    return historic ? now - eventTimeMs : 0;
  }

  private static RuleState remembered(CrowdState state) {
    RuleState rules = new RuleState();
    rules.packed = state.rules;
    rules.dueMs = state.rulesDueMs;
    return rules;
  }

  private void keep(CrowdState state, RuleState remembered, RuleSet running) throws Exception {
    state.rules = remembered.packed;
    state.rulesDueMs = remembered.dueMs;
    schedule(state, running);
    if (state.rules != null) {
      crowds.update(state);
      return;
    }
    if (state.timerAtMs != RuleState.NEVER) {
      timers.deleteEventTimeTimer(VoidNamespace.INSTANCE, state.timerAtMs);
    }
    crowds.clear();
  }

  /**
   * Sees to it that the one timer fires by the next due moment. Most events only put off what is
   * due, and a timer that fires too early costs less than moving it each time.
   */
  private void schedule(CrowdState state, RuleSet running) {
    if (state.rules == null || isEndOfTime()) {
      return;
    }
    long at = Math.min(state.rulesDueMs, forgottenAt(state, running)) + state.clockLeadMs;
    if (state.timerAtMs <= at) {
      return;
    }
    if (state.timerAtMs != RuleState.NEVER) {
      timers.deleteEventTimeTimer(VoidNamespace.INSTANCE, state.timerAtMs);
    }
    timers.registerEventTimeTimer(VoidNamespace.INSTANCE, at);
    state.timerAtMs = at;
  }

  private static long forgottenAt(CrowdState state, RuleSet running) {
    return state.newestMs + running.memory().toMillis();
  }

  private void tell(CrowdKey key, Alert alert) {
    alertsOut.inc();
    output.collect(ALERTS, alertRecord.replace(Facts.of(key.tenant(), alert)));
    emit(
        new Outbound(
            Topic.ALERTS, key.ofAlerts(alert.ruleId()).getBytes(UTF_8), Json.bytes(alert)));
  }

  private void emit(Outbound out) {
    output.collect(outRecord.replace(out));
  }

  private Instant now() {
    return Instant.ofEpochMilli(getProcessingTimeService().getCurrentProcessingTime());
  }

  private boolean isEndOfTime() {
    return timers.currentWatermark() == Long.MAX_VALUE;
  }
}
