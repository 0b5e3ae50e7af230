package io.nabz.job;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import java.time.Instant;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Runs the rules that look across customers, by the value that they tell apart, on those events
 * that the customers' operator found some such rule to wait for.
 *
 * <p>Keyed state: {@code crowd}, one record; gone when nothing in it can matter any more, which is
 * the longest window, cooldown or time to disprove after the newest event, by its own timer. At
 * most one event-time timer a key; {@link CrowdState#timerAtMs} is its twin.
 */
final class CrowdOperator extends RuledOperator<CrowdRecord> {
  /** That there was an alert, for the figures. */
  static final OutputTag<Fact> ALERTS =
      new OutputTag<>("crowd-alerts", TypeInformation.of(Fact.class));

  static final ValueStateDescriptor<CrowdState> CROWD =
      new ValueStateDescriptor<>("crowd", TypeInformation.of(CrowdState.class));

  private static final long serialVersionUID = 1;

  private transient RuleEngine engine;
  private transient ValueState<CrowdState> crowds;
  private transient StreamRecord<Fact> alertRecord;
  private transient Counter applied;
  private transient Counter alertsOut;

  CrowdOperator(JobOptions options) {
    super(options);
  }

  @Override
  public void open() throws Exception {
    super.open();
    engine = new RuleEngine();
    crowds = getPartitionedState(CROWD);
    alertRecord = new StreamRecord<>(null);
    applied = getMetricGroup().counter("eventsApplied");
    alertsOut = getMetricGroup().counter("alerts");
    start("crowd-due");
  }

  @Override
  public void processElement1(StreamRecord<CrowdRecord> element) throws Exception {
    CrowdRecord record = element.getValue();
    CrowdKey key = CrowdKey.parse(record.key);
    RuleSet rules = running.crowds(key.tenant()).of(key.field());
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
    engine.apply(rules, remembered, event, RuleEngine.NO_WATERMARK, call);
    applied.inc();
    keep(state, remembered, rules);
  }

  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
    CrowdState state = crowds.value();
    if (state == null) {
      return;
    }
    state.timerAtMs = RuleState.NEVER;
    CrowdKey key = CrowdKey.parse(timer.getKey());
    RuleSet rules = running.crowds(key.tenant()).of(key.field());
    // At the end of a finished or drained stream all is told that is still due.
    long until =
        isEndOfTime() ? RuleState.NEVER - 1 : timers.currentWatermark() - state.clockLeadMs;
    RuleState remembered = remembered(state);
    Call call = Call.across(key, null, null, now(), alert -> tell(key, alert));
    engine.advance(rules, remembered, until, RuleEngine.NO_WATERMARK, call);
    if (!isEndOfTime() && until >= forgottenAt(state, rules)) {
      crowds.clear();
    } else {
      keep(state, remembered, rules);
    }
  }

  private static RuleState remembered(CrowdState state) {
    return RuleState.of(state.rules, state.rulesDueMs);
  }

  private void keep(CrowdState state, RuleState remembered, RuleSet rules) throws Exception {
    state.rules = remembered.packed();
    state.rulesDueMs = remembered.dueMs();
    schedule(state, rules);
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
  private void schedule(CrowdState state, RuleSet rules) {
    if (state.rules == null || isEndOfTime()) {
      return;
    }
    long at = Math.min(state.rulesDueMs, forgottenAt(state, rules)) + state.clockLeadMs;
    if (state.timerAtMs <= at) {
      return;
    }
    if (state.timerAtMs != RuleState.NEVER) {
      timers.deleteEventTimeTimer(VoidNamespace.INSTANCE, state.timerAtMs);
    }
    timers.registerEventTimeTimer(VoidNamespace.INSTANCE, at);
    state.timerAtMs = at;
  }

  private static long forgottenAt(CrowdState state, RuleSet rules) {
    return state.newestMs + rules.memory().toMillis();
  }

  private void tell(CrowdKey key, Alert alert) {
    alertsOut.inc();
    output.collect(ALERTS, alertRecord.replace(Facts.of(key.tenant(), alert)));
    emit(
        new Outbound(
            Topic.ALERTS, key.ofAlerts(alert.ruleId()).getBytes(UTF_8), Json.bytes(alert)));
  }

  private Instant now() {
    return Instant.ofEpochMilli(wallMs());
  }
}
