package io.nabz.job;

import static java.util.Objects.requireNonNull;

import io.nabz.clock.EventClock;
import io.nabz.customer.Changes;
import io.nabz.customer.CustomerLogic;
import io.nabz.customer.state.CustomerState;
import io.nabz.intake.IntakeRecord;
import io.nabz.model.Alert;
import io.nabz.model.CustomerKey;
import io.nabz.model.Event;
import io.nabz.model.EventDecoder;
import io.nabz.model.Json;
import io.nabz.text.TextReader;
import io.nabz.text.TextScorer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
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
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;

/**
 * The one keyed operator of a customer: reads the state, lets {@link CustomerLogic} decide, writes,
 * emits snapshots (main output), alerts and touchpoints (side outputs). An operator and not a
 * function, since only an operator sees that its inputs have fallen silent, which is when the clock
 * has to go on by itself.
 *
 * <p>Keyed state: {@code customer}, one record; holds until the customer is forgotten, by its own
 * timer, long after its newest event (of an erased one only the moment of the erasure, for 30 d).
 * At most one event-time timer a customer, at the next moment at which time alone changes
 * something; {@link CustomerState#timerAtMs} is its twin. Operator state: {@code clock}, where the
 * clock stood.
 */
final class CustomerOperator extends AbstractStreamOperator<Outbound>
    implements OneInputStreamOperator<IntakeRecord, Outbound>, Triggerable<String, VoidNamespace> {
  static final OutputTag<Outbound> ALERTS =
      new OutputTag<>("alerts", TypeInformation.of(Outbound.class));

  static final OutputTag<Outbound> TIMELINE =
      new OutputTag<>("timeline", TypeInformation.of(Outbound.class));

  static final ValueStateDescriptor<CustomerState> CUSTOMER =
      new ValueStateDescriptor<>("customer", TypeInformation.of(CustomerState.class));

  static final ListStateDescriptor<ClockMark> CLOCK =
      new ListStateDescriptor<>("clock", TypeInformation.of(ClockMark.class));

  /** Its tables take a moment to build and are the same for all operators of a process. */
  private static final class Words {
    static final TextScorer SCORER = TextReader.create();
  }

  private static final long serialVersionUID = 1;
  private static final Duration TICK = Duration.ofMillis(100);

  private final JobOptions options;

  private transient CustomerLogic logic;
  private transient EventClock clock;
  private transient ListState<ClockMark> clockMarks;
  private transient ValueState<CustomerState> customers;
  private transient InternalTimerService<VoidNamespace> timers;
  private transient StreamRecord<Outbound> snapshotRecord;
  private transient StreamRecord<Outbound> alertRecord;
  private transient StreamRecord<Outbound> touchpointRecord;
  private transient Counter duplicates;
  private transient Counter applied;
  private transient Counter alertsOut;

  CustomerOperator(JobOptions options) {
    this.options = requireNonNull(options, "options is null");
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    clock = new EventClock(wallMs(), options.startupGrace(), options.idleAfter());
    clockMarks = context.getOperatorStateStore().getUnionListState(CLOCK);
    for (ClockMark mark : clockMarks.get()) {
      clock.restore(mark.clockMs, mark.wallMs);
    }
  }

  @Override
  public void open() throws Exception {
    super.open();
    logic = new CustomerLogic(options.policy(), Words.SCORER);
    customers = getPartitionedState(CUSTOMER);
    timers = getInternalTimerService("customer-due", VoidNamespaceSerializer.INSTANCE, this);
    snapshotRecord = new StreamRecord<>(null);
    alertRecord = new StreamRecord<>(null);
    touchpointRecord = new StreamRecord<>(null);
    applied = getMetricGroup().counter("eventsApplied");
    duplicates = getMetricGroup().counter("duplicateEvents");
    alertsOut = getMetricGroup().counter("alerts");
    getProcessingTimeService()
        .scheduleWithFixedDelay(now -> tick(), TICK.toMillis(), TICK.toMillis());
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    long now = clock.now(wallMs());
    clockMarks.clear();
    if (now != EventClock.UNKNOWN) {
      clockMarks.add(new ClockMark(now, wallMs()));
    }
  }

  @Override
  public void processElement(StreamRecord<IntakeRecord> element) throws Exception {
    IntakeRecord record = element.getValue();
    CustomerKey key = CustomerKey.parse(record.customerKey);
    CustomerState state = customers.value();
    if (state == null) {
      state = new CustomerState();
    }
    Event event = EventDecoder.trusted(record.bytes);
    Changes changes = new Changes(Instant.ofEpochMilli(wallMs()));
    if (!logic.apply(key, state, event, record.receivedAtMs, changes)) {
      duplicates.inc();
      return;
    }
    applied.inc();
    if (record.eventTimeMs >= state.nowMs) {
      state.clockLeadMs = lead(record.eventTimeMs);
    }
    finish(key, state, changes);
  }

  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
    CustomerState state = customers.value();
    if (state == null) {
      return;
    }
    state.timerAtMs = CustomerState.NEVER;
    CustomerKey key = CustomerKey.parse(timer.getKey());
    Changes changes = new Changes(Instant.ofEpochMilli(wallMs()));
    // At the end of a finished or drained stream all is told that is still due, but nobody is
    // forgotten: no time has passed.
    long customerTime =
        isEndOfTime() ? logic.lastMoment(state) : timers.currentWatermark() - state.clockLeadMs;
    if (logic.advance(key, state, customerTime, changes)) {
      finish(key, state, changes);
    } else if (schedule(state)) {
      customers.update(state);
    }
  }

  @Override
  public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
    throw new IllegalStateException("no processing-time timer is ever registered");
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    clock.onWatermark(mark.getTimestamp(), wallMs());
    moveOn();
  }

  @Override
  public void processWatermarkStatus(WatermarkStatus status) throws Exception {
    clock.onIdle(status.isIdle(), wallMs());
    super.processWatermarkStatus(status);
  }

  private void tick() throws Exception {
    moveOn();
  }

  private void moveOn() throws Exception {
    long now = clock.now(wallMs());
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

  private void finish(CustomerKey key, CustomerState state, Changes changes) throws Exception {
    schedule(state);
    if (changes.isForgotten()) {
      customers.clear();
    } else {
      customers.update(state);
    }
    byte[] keyBytes = key.toString().getBytes(StandardCharsets.UTF_8);
    for (Alert alert : changes.alerts()) {
      alertsOut.inc();
      output.collect(ALERTS, alertRecord.replace(new Outbound(keyBytes, Json.bytes(alert))));
    }
    if (changes.isGone()) {
      // Compaction then forgets what the snapshot held, and so does every reader.
      output.collect(TIMELINE, touchpointRecord.replace(new Outbound(keyBytes, null)));
      output.collect(snapshotRecord.replace(new Outbound(keyBytes, null)));
      return;
    }
    if (changes.touchpoint() != null) {
      byte[] touchpoint = Json.bytes(changes.touchpoint());
      output.collect(TIMELINE, touchpointRecord.replace(new Outbound(keyBytes, touchpoint)));
    }
    byte[] snapshot = Json.bytes(logic.snapshot(key, state));
    output.collect(snapshotRecord.replace(new Outbound(keyBytes, snapshot)));
  }

  /** Keeps the one timer at the next due moment; true when it had to be moved. */
  private boolean schedule(CustomerState state) {
    long due = logic.nextDue(state);
    boolean none = due == CustomerState.NEVER || isEndOfTime();
    long at = none ? CustomerState.NEVER : due + state.clockLeadMs;
    if (at == state.timerAtMs) {
      return false;
    }
    if (state.timerAtMs != CustomerState.NEVER) {
      timers.deleteEventTimeTimer(VoidNamespace.INSTANCE, state.timerAtMs);
    }
    if (at != CustomerState.NEVER) {
      timers.registerEventTimeTimer(VoidNamespace.INSTANCE, at);
    }
    state.timerAtMs = at;
    return true;
  }

  private boolean isEndOfTime() {
    return timers.currentWatermark() == Long.MAX_VALUE;
  }

  private long wallMs() {
    return getProcessingTimeService().getCurrentProcessingTime();
  }
}
