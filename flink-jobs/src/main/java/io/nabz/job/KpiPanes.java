package io.nabz.job;

import static java.util.Objects.requireNonNull;

import io.nabz.kpi.KpiPolicy;
import io.nabz.kpi.PaneDelta;
import io.nabz.kpi.PaneState;
import io.nabz.kpi.PaneView;
import io.nabz.kpi.QueueQuarters;
import io.nabz.kpi.Share;
import io.nabz.model.Json;
import io.nabz.model.KpiInterval;
import io.nabz.model.KpiKey;
import io.nabz.rules.watch.Deviations;
import io.nabz.rules.watch.QueueQuarter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;

/**
 * The panes: adds what comes and tells the figures of those that have changed, at once and then
 * twice a second at most (an agent's hours and days every two seconds). The figures are whole
 * values with a version, so a replay repeats them and adds nothing.
 *
 * <p>Keyed state: {@code kpi-pane}; between checkpoints the panes in use are held in memory, since
 * the same few hundred change all the time, and all that is untold is told before a checkpoint.
 * Event-time timers, three at most: {@link PaneState#closeAtMs}, so long after its end as the
 * policy says, when a pane is closed and taken from the topic too (panes of now close when nothing
 * is in them for a day); {@link PaneState#lookAtMs}, every second while somebody waits; {@link
 * PaneState#sumUpAtMs}, once a queue's quarter of an hour has settled, for the rules that watch
 * queues. Operator state: {@code clock}.
 */
final class KpiPanes extends AbstractStreamOperator<Outbound>
    implements OneInputStreamOperator<PaneDelta, Outbound>,
        Triggerable<String, VoidNamespace>,
        BoundedOneInput {
  static final ValueStateDescriptor<PaneState> PANE =
      new ValueStateDescriptor<>("kpi-pane", TypeInformation.of(PaneState.class));

  /** Queues' quarters of an hour, each once. */
  static final OutputTag<WatchRecord> QUARTERS =
      new OutputTag<>("quarters", TypeInformation.of(WatchRecord.class));

  private static final long serialVersionUID = 1;
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);
  private static final Duration TELL_EVERY = Duration.ofMillis(500);
  private static final Duration TELL_MANY_EVERY = Duration.ofSeconds(2);
  private static final Duration WAIT_TOLD_EVERY = Duration.ofSeconds(1);
  private static final Duration KEEP_EMPTY_NOW = Duration.ofDays(1);
  private static final int MAX_HELD = 20_000;

  /** A pane in memory. */
  private static final class Held {
    final KpiKey key;
    final PaneState pane;
    boolean unsaved;
    boolean untold;
    long tellAtWallMs = Long.MIN_VALUE;

    Held(KpiKey key, PaneState pane) {
      this.key = key;
      this.pane = pane;
    }
  }

  private final JobOptions options;
  private final KpiPolicy policy;
  private transient StreamClock clock;
  private transient ValueState<PaneState> panes;
  private transient InternalTimerService<VoidNamespace> timers;
  private transient Map<String, Held> held;
  private transient List<Held> untold;
  private transient StreamRecord<Outbound> record;
  private transient StreamRecord<WatchRecord> quarterRecord;

  KpiPanes(JobOptions options) {
    this.options = requireNonNull(options, "options is null");
    this.policy = options.kpi();
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    clock = StreamClock.restore(context, options, getProcessingTimeService());
  }

  @Override
  public void open() throws Exception {
    super.open();
    panes = getPartitionedState(PANE);
    timers = getInternalTimerService("kpi-pane-due", VoidNamespaceSerializer.INSTANCE, this);
    held = new HashMap<>();
    untold = new ArrayList<>();
    record = new StreamRecord<>(null);
    quarterRecord = new StreamRecord<>(null);
    clock.start(this::moveOn);
    getProcessingTimeService()
        .scheduleWithFixedDelay(this::tellThoseDue, LOOK_EVERY.toMillis(), LOOK_EVERY.toMillis());
  }

  @Override
  public void processElement(StreamRecord<PaneDelta> element) throws Exception {
    PaneDelta delta = element.getValue();
    Held of = find(delta.pane);
    if (of == null) {
      of = hold(delta.pane, new PaneState());
    }
    of.pane.add(delta);
    of.unsaved = true;
    if (of.pane.closeAtMs == Share.NONE) {
      closeLater(of);
    }
    lookLaterIfSomebodyWaits(of);
    sumUpLater(of);
    tellLater(of);
    if (held.size() > MAX_HELD) {
      letGo();
    }
  }

  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
    Held of = find(timer.getKey());
    if (of == null) {
      return;
    }
    of.unsaved = true;
    boolean looks = timer.getTimestamp() == of.pane.lookAtMs;
    boolean closes = timer.getTimestamp() == of.pane.closeAtMs;
    of.pane.lookAtMs = looks ? Share.NONE : of.pane.lookAtMs;
    of.pane.closeAtMs = closes ? Share.NONE : of.pane.closeAtMs;
    boolean settled = timer.getTimestamp() == of.pane.sumUpAtMs;
    of.pane.sumUpAtMs = settled ? Share.NONE : of.pane.sumUpAtMs;
    if (isEndOfTime()) {
      // Nothing is closed because a finished stream has no more to say.
      return;
    }
    if (settled) {
      QueueQuarter quarter = QueueQuarters.of(of.key, of.pane, policy.zone());
      String queue = QueueQuarters.queueOf(of.key).toString();
      output.collect(QUARTERS, quarterRecord.replace(WatchRecord.of(queue, quarter)));
    }
    if (looks && lookLaterIfSomebodyWaits(of)) {
      tellLater(of);
    }
    boolean stays = !of.pane.isZero() || timer.getTimestamp() == KEEP_EMPTY_NOW.toMillis();
    if (closes && of.key.interval() == KpiInterval.NOW && stays) {
      // Something is in it, or it was opened before there was a clock to close it by.
      closeLater(of);
    } else if (closes) {
      close(of);
    }
  }

  @Override
  public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
    throw new IllegalStateException("no processing-time timer is ever registered");
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

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    super.prepareSnapshotPreBarrier(checkpointId);
    letGo();
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    clock.save();
  }

  @Override
  public void endInput() {
    tellAll();
  }

  private void moveOn() throws Exception {
    long now = clock.now();
    if (now > timers.currentWatermark()) {
      super.processWatermark(new Watermark(now));
    }
  }

  private Held find(String key) throws IOException {
    Held of = held.get(key);
    if (of == null) {
      PaneState pane = panes.value();
      of = pane == null ? null : hold(key, pane);
    }
    return of;
  }

  private Held hold(String key, PaneState pane) {
    Held of = new Held(KpiKey.parse(key), pane);
    held.put(key, of);
    return of;
  }

  private void tellLater(Held of) {
    if (!of.untold) {
      of.untold = true;
      untold.add(of);
    }
  }

  private void tellThoseDue(long wallMs) {
    List<Held> later = new ArrayList<>();
    for (Held of : untold) {
      if (of.untold && of.tellAtWallMs > wallMs) {
        later.add(of);
      } else if (of.untold) {
        of.tellAtWallMs = wallMs + tellEvery(of.key).toMillis();
        tell(of);
      }
    }
    untold = later;
  }

  /** Of agents there are many, and nobody watches their days by the second. */
  private static Duration tellEvery(KpiKey key) {
    boolean many = key.dimension().startsWith(KpiKey.AGENT);
    boolean large = key.interval() == KpiInterval.HOUR || key.interval() == KpiInterval.DAY;
    return many && large ? TELL_MANY_EVERY : TELL_EVERY;
  }

  private void tellAll() {
    for (Held of : untold) {
      if (of.untold) {
        tell(of);
      }
    }
    untold.clear();
  }

  private void tell(Held of) {
    of.untold = false;
    long now = isEndOfTime() ? Share.NONE : timers.currentWatermark();
    byte[] figures = Json.bytes(PaneView.of(of.key, of.pane, policy, now));
    output.collect(record.replace(new Outbound(bytes(of.key), figures)));
  }

  /** Tells what is untold, writes everything to state and forgets it here. */
  private void letGo() throws Exception {
    tellAll();
    for (Map.Entry<String, Held> entry : held.entrySet()) {
      if (entry.getValue().unsaved) {
        setCurrentKey(entry.getKey());
        panes.update(entry.getValue().pane);
      }
    }
    held.clear();
  }

  private void close(Held of) {
    String key = of.key.toString();
    if (of.pane.lookAtMs != Share.NONE) {
      timers.deleteEventTimeTimer(VoidNamespace.INSTANCE, of.pane.lookAtMs);
    }
    of.untold = false;
    held.remove(key);
    panes.clear();
    output.collect(record.replace(new Outbound(bytes(of.key), null)));
  }

  /** A wait gets longer by itself, so that a queue in which nothing happens is news as well. */
  private boolean lookLaterIfSomebodyWaits(Held of) {
    boolean waits = of.pane.waiting.earliest() != Share.NONE;
    if (waits && of.pane.lookAtMs == Share.NONE && !isEndOfTime()) {
      of.pane.lookAtMs = after(Math.max(0, timers.currentWatermark()), WAIT_TOLD_EVERY);
      timers.registerEventTimeTimer(VoidNamespace.INSTANCE, of.pane.lookAtMs);
    }
    return waits;
  }

  /** A quarter that first comes when it should have settled is history and not told of in parts. */
  private void sumUpLater(Held of) {
    if (of.pane.sumUpAtMs != Share.NONE || !QueueQuarters.isOne(of.key)) {
      return;
    }
    long at = end(of.key) + Deviations.SETTLE.toMillis();
    if (at > clock.now()) {
      of.pane.sumUpAtMs = at;
      timers.registerEventTimeTimer(VoidNamespace.INSTANCE, at);
    }
  }

  private void closeLater(Held of) {
    of.pane.closeAtMs = closeAt(of.key, timers.currentWatermark());
    timers.registerEventTimeTimer(VoidNamespace.INSTANCE, of.pane.closeAtMs);
  }

  private long closeAt(KpiKey key, long clockMs) {
    // Before the first watermark there is no clock; what is open then is looked at with the first.
    long now = Math.max(0, clockMs);
    return switch (key.interval()) {
      case NOW -> after(now, KEEP_EMPTY_NOW);
      case QUARTER, HOUR -> after(Math.max(end(key), now), policy.keepShort());
      case DAY -> after(Math.max(end(key), now), policy.keepDays());
    };
  }

  private static long after(long ms, Duration time) {
    return ms == Long.MAX_VALUE ? ms : ms + time.toMillis();
  }

  private long end(KpiKey key) {
    return key.interval().endOf(key.start().toEpochMilli(), policy.zone());
  }

  private boolean isEndOfTime() {
    return timers.currentWatermark() == Long.MAX_VALUE;
  }

  private static byte[] bytes(KpiKey key) {
    return key.toString().getBytes(StandardCharsets.UTF_8);
  }
}
