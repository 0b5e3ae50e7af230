package io.nabz.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nabz.model.Alert;
import io.nabz.model.Json;
import io.nabz.model.Topic;
import io.nabz.rules.engine.CompiledRule;
import io.nabz.rules.engine.CrowdKey;
import io.nabz.rules.watch.Deviations;
import io.nabz.rules.watch.QueuePast;
import io.nabz.rules.watch.Silences;
import io.nabz.rules.watch.SourceLife;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Runs the rules that watch whether sources speak, and queues for figures out of line with their
 * own past.
 *
 * <p>Keyed state: {@code watch-source} or {@code watch-queue}, one record, by the kind of the key;
 * gone when nothing in it can matter any more, days after the source was last heard of or a week
 * after the queue's newest quarter, by its own timer. At most one event-time timer a key, not later
 * than the next moment at which there is something to judge; {@link SourceLife#timerAtMs} and
 * {@link QueuePast#timerAtMs} are its twins.
 */
final class WatchOperator extends RuledOperator<WatchRecord> {
  static final ValueStateDescriptor<SourceLife> SOURCE =
      new ValueStateDescriptor<>("watch-source", TypeInformation.of(SourceLife.class));

  static final ValueStateDescriptor<QueuePast> QUEUE =
      new ValueStateDescriptor<>("watch-queue", TypeInformation.of(QueuePast.class));

  private static final long serialVersionUID = 1;

  private transient ValueState<SourceLife> sources;
  private transient ValueState<QueuePast> queues;
  private transient Counter alertsOut;

  WatchOperator(JobOptions options) {
    super(options);
  }

  @Override
  public void open() throws Exception {
    super.open();
    sources = getPartitionedState(SOURCE);
    queues = getPartitionedState(QUEUE);
    alertsOut = getMetricGroup().counter("alerts");
    start("watch-due");
  }

  @Override
  public void processElement1(StreamRecord<WatchRecord> element) throws Exception {
    WatchRecord record = element.getValue();
    CrowdKey key = CrowdKey.parse(record.key);
    if (record.quarter == null) {
      heard(key, record.atMs);
    } else {
      settled(key, record);
    }
  }

  /**
   * What lies far behind the clock is history. It makes no source known, or its end would be a
   * silence; of one that is known it says that it sends, if late.
   */
  private void heard(CrowdKey key, long atMs) throws Exception {
    List<CompiledRule> rules = running.watches(key.tenant()).sources();
    SourceLife life = sources.value();
    long clockMs = streamTime();
    boolean historic =
        clockMs != Long.MIN_VALUE && clockMs - atMs > options.historicAfter().toMillis();
    if (rules.isEmpty() || (historic && life == null)) {
      return;
    }
    life = life == null ? new SourceLife() : life;
    Silences silences = silences(rules, key, life);
    silences.heard(atMs);
    if (historic && !isEndOfTime()) {
      silences.heard(clockMs);
    }
    judge(silences);
    keep(silences, life);
  }

  private void settled(CrowdKey key, WatchRecord record) throws Exception {
    List<CompiledRule> rules = running.watches(key.tenant()).queues();
    QueuePast past = queues.value();
    past = past == null ? new QueuePast() : past;
    Deviations deviations = deviations(rules, key, past);
    deviations.add(record.quarter);
    if (!isEndOfTime()) {
      deviations.judge(timers.currentWatermark());
    }
    keep(deviations, past);
  }

  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
    CrowdKey key = CrowdKey.parse(timer.getKey());
    if (key.isSource()) {
      sourceDue(key);
    } else {
      queueDue(key);
    }
  }

  private void sourceDue(CrowdKey key) throws Exception {
    SourceLife life = sources.value();
    if (life == null) {
      return;
    }
    life.timerAtMs = SourceLife.NEVER;
    Silences silences = silences(running.watches(key.tenant()).sources(), key, life);
    judge(silences);
    if (!isEndOfTime() && timers.currentWatermark() >= silences.forgottenAt()) {
      sources.clear();
    } else {
      keep(silences, life);
    }
  }

  private void queueDue(CrowdKey key) throws Exception {
    QueuePast past = queues.value();
    if (past == null) {
      return;
    }
    past.timerAtMs = SourceLife.NEVER;
    Deviations deviations = deviations(running.watches(key.tenant()).queues(), key, past);
    // Also at the end of a finished stream: the quarters that it has told of are over.
    deviations.judge(timers.currentWatermark());
    if (!isEndOfTime() && timers.currentWatermark() >= deviations.forgottenAt()) {
      queues.clear();
    } else {
      keep(deviations, past);
    }
  }

  /** A stream that ends, or is drained, has not fallen silent. */
  private void judge(Silences silences) {
    if (!isEndOfTime()) {
      silences.judge(timers.currentWatermark());
    }
  }

  private void keep(Silences silences, SourceLife life) throws IOException {
    life.timerAtMs = schedule(life.timerAtMs, Math.min(silences.nextDue(), silences.forgottenAt()));
    sources.update(life);
  }

  private void keep(Deviations deviations, QueuePast past) throws IOException {
    past.timerAtMs =
        schedule(past.timerAtMs, Math.min(deviations.nextDue(), deviations.forgottenAt()));
    queues.update(past);
  }

  /** A timer that fires too early costs less than one that is moved with each sign of life. */
  private long schedule(long timerAtMs, long atMs) {
    if (timerAtMs <= atMs || isEndOfTime()) {
      return timerAtMs;
    }
    if (timerAtMs != SourceLife.NEVER) {
      timers.deleteEventTimeTimer(VoidNamespace.INSTANCE, timerAtMs);
    }
    timers.registerEventTimeTimer(VoidNamespace.INSTANCE, atMs);
    return atMs;
  }

  private Silences silences(List<CompiledRule> rules, CrowdKey key, SourceLife life) {
    return new Silences(rules, key, life, now(), alert -> tell(key, alert));
  }

  private Deviations deviations(List<CompiledRule> rules, CrowdKey key, QueuePast past) {
    return new Deviations(rules, key, past, now(), alert -> tell(key, alert));
  }

  private void tell(CrowdKey key, Alert alert) {
    alertsOut.inc();
    emit(
        new Outbound(
            Topic.ALERTS, key.ofAlerts(alert.ruleId()).getBytes(UTF_8), Json.bytes(alert)));
  }

  private Instant now() {
    return Instant.ofEpochMilli(wallMs());
  }
}
