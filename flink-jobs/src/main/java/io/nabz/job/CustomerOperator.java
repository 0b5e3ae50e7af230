package io.nabz.job;

import io.nabz.customer.Arbiter;
import io.nabz.customer.Changes;
import io.nabz.customer.CustomerLogic;
import io.nabz.customer.Ledger;
import io.nabz.customer.state.CustomerState;
import io.nabz.identity.Kept;
import io.nabz.intake.IntakeRecord;
import io.nabz.job.HotCustomers.Entry;
import io.nabz.kpi.Fact;
import io.nabz.kpi.Facts;
import io.nabz.model.Alert;
import io.nabz.model.AlertState;
import io.nabz.model.CustomerKey;
import io.nabz.model.Event;
import io.nabz.model.EventDecoder;
import io.nabz.model.EventTypes;
import io.nabz.model.Json;
import io.nabz.model.Topic;
import io.nabz.model.TouchpointGone;
import io.nabz.rules.engine.CrowdKey;
import io.nabz.rules.engine.CustomerView;
import io.nabz.rules.engine.RuleState;
import io.nabz.text.TextReader;
import io.nabz.text.TextScorer;
import java.time.Instant;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * The one keyed operator of a customer: reads the state, lets {@link CustomerLogic} decide and the
 * rules match, writes, emits snapshots, alerts and touchpoints. An operator and not a function,
 * since only an operator sees that its inputs have fallen silent, which is when the clock has to go
 * on by itself.
 *
 * <p>Customers lately heard of are kept as objects beside the state ({@link HotCustomers}). The
 * first change of a customer is written and told at once, further ones within the snapshot
 * interval, or some seconds while the stream is behind; all of them before a checkpoint.
 *
 * <p>Keyed state: {@code customer}, one record; holds until the customer is forgotten, by its own
 * timer, long after its newest event (of an erased one only the moment of the erasure, for 30 d);
 * as long {@code ledger-...} of those whose history may change hands ({@link FlinkBook}); {@code
 * warming} while a rule is started warm ({@link WarmStarts}). At most one event-time timer a
 * customer, not later than the next moment at which time alone changes something; {@link
 * CustomerState#timerAtMs} is its twin.
 */
final class CustomerOperator extends RuledOperator<IntakeRecord> {
  /** That there was an alert, for the figures. */
  static final OutputTag<Fact> ALERTS = new OutputTag<>("alerts", TypeInformation.of(Fact.class));

  /** What customers say, for the figures: read once, here. */
  static final OutputTag<Fact> FELT = new OutputTag<>("felt", TypeInformation.of(Fact.class));

  /** What rules across customers wait for, once it is known whose it is and that it is news. */
  static final OutputTag<CrowdRecord> CROWD =
      new OutputTag<>("crowd", TypeInformation.of(CrowdRecord.class));

  static final ValueStateDescriptor<CustomerState> CUSTOMER =
      new ValueStateDescriptor<>("customer", new CustomerStateSerializer());

  /** Its tables take a moment to build and are the same for all operators of a process. */
  private static final class Words {
    static final TextScorer SCORER = TextReader.create();
  }

  private static final long serialVersionUID = 1;

  /** Customers lately heard of may take one part in so many of the heap, all slots together. */
  private static final int SHARE_OF_HEAP = 4;

  private transient GivenReadings readings;
  private transient CustomerLogic logic;
  private transient FlinkBook book;
  private transient Ledger ledger;
  private transient CustomerRules rules;
  private transient WarmStarts warm;
  private transient Arbiter arbiter;
  private transient ValueState<CustomerState> customers;
  private transient HotCustomers hot;
  private transient StreamRecord<Fact> alertRecord;
  private transient StreamRecord<Fact> feltRecord;
  private transient StreamRecord<CrowdRecord> crowdRecord;

  /** When those who wait are looked at next; {@link Long#MAX_VALUE} when nobody waits. */
  private transient long wakesUpAtMs;

  private transient boolean isRestored;
  private transient Counter duplicates;
  private transient Counter applied;
  private transient Counter alertsOut;
  private transient Counter suppressed;

  CustomerOperator(JobOptions options) {
    super(options);
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    rules = new CustomerRules(running);
    isRestored = context.isRestored();
  }

  @Override
  public void open() throws Exception {
    super.open();
    TextScorer builtIn = options.text().isShipped() ? Words.SCORER : options.text().reader();
    readings = new GivenReadings(builtIn);
    logic = new CustomerLogic(options.policy(), readings);
    arbiter = new Arbiter(options.arbiter());
    customers = getPartitionedState(CUSTOMER);
    book =
        new FlinkBook(
            getPartitionedState(FlinkBook.BASE),
            getPartitionedState(FlinkBook.FORMER_BASE),
            getPartitionedState(FlinkBook.EVENTS),
            getPartitionedState(FlinkBook.FORMER_EVENTS));
    ledger = new Ledger(logic, book);
    hot = new HotCustomers(options.snapshotInterval().toMillis(), hotBytes());
    wakesUpAtMs = Long.MAX_VALUE;
    alertRecord = new StreamRecord<>(null);
    feltRecord = new StreamRecord<>(null);
    crowdRecord = new StreamRecord<>(null);
    applied = getMetricGroup().counter("eventsApplied");
    duplicates = getMetricGroup().counter("duplicateEvents");
    alertsOut = getMetricGroup().counter("alerts");
    suppressed = getMetricGroup().counter("suppressedAlerts");
    getMetricGroup().gauge("hotCustomers", hot::size);
    start("customer-due");
    warm = new WarmStarts(this, running, getPartitionedState(WarmStarts.WARMING), isRestored);
  }

  private long hotBytes() {
    if (options.hotCustomers() != null) {
      return options.hotCustomers().getBytes();
    }
    return HotState.partOfHeap(
        SHARE_OF_HEAP, getContainingTask().getEnvironment().getTaskManagerInfo());
  }

  /** What waits belongs into the checkpoint, and its snapshots before the barrier. */
  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    writeWaiting(Long.MAX_VALUE - 1);
  }

  @Override
  public void finish() throws Exception {
    writeWaiting(Long.MAX_VALUE - 1);
    super.finish();
  }

  @Override
  public void processElement1(StreamRecord<IntakeRecord> element) throws Exception {
    take(element.getValue());
    shrink();
  }

  private void take(IntakeRecord record) throws Exception {
    Entry customer = known(record.customerKey);
    if (customer == null) {
      customer = new Entry(record.customerKey, new CustomerState());
      hot.add(customer);
    }
    CustomerState state = customer.state;
    byte[] bytes = record.eventBytes();
    Event event = bytes == null ? null : EventDecoder.trusted(bytes);
    Instant now = Instant.ofEpochMilli(wallMs());
    Changes changes = new Changes(now);
    readings.give(record.reading);
    boolean plain = record.attribution == null && state.ledger == 0 && state.redirectTo == null;
    boolean changed =
        plain
            ? logic.apply(customer.key, state, event, record.receivedAtMs, changes)
            : attribute(customer, record, changes);
    if (!changed) {
      duplicates.inc();
      return;
    }
    applied.inc();
    if (record.eventTimeMs >= state.nowMs) {
      state.clockLeadMs = lead(record.eventTimeMs);
    }
    if (event != null && state.redirectTo == null && !changes.isGone()) {
      warm.remember(customer, event, record);
      rules.apply(logic, customer, event, record.receivedAtMs, customerTime(state), now, changes);
    }
    schedule(state);
    // What changes hands has come long ago; that is not the stream's delay.
    tell(
        customer,
        changes,
        record.attribution == null ? now.toEpochMilli() - record.receivedAtMs : 0);
    if (event != null && event.type().equals(EventTypes.CUSTOMER_ERASED)) {
      forgetAlerts(customer);
    }
    if (record.isNews()) {
      Fact felt = Facts.felt(event, changes.step());
      if (felt != null) {
        output.collect(FELT, feltRecord.replace(felt));
      }
      if (!changes.isGone()) {
        tellCrowds(customer, event, record.receivedAtMs, record.eventBytes());
      }
    }
  }

  @Override
  public void processElement2(StreamRecord<RuleChange> element) throws Exception {
    warm.take(element.getValue());
  }

  @Override
  protected void look(long nowMs) throws Exception {
    warm.look(nowMs);
  }

  private void tellCrowds(Entry customer, Event event, long receivedAtMs, byte[] bytes) {
    for (CrowdKey key : running.crowds(customer.key.tenant()).keysOf(event)) {
      String at = customer.state.redirectTo;
      String customerId =
          at == null ? customer.key.customerId() : CustomerKey.parse(at).customerId();
      output.collect(
          CROWD,
          crowdRecord.replace(new CrowdRecord(key.toString(), customerId, receivedAtMs, bytes)));
    }
  }

  /**
   * Applies an event, or what identity has to say, to a customer whose history may change hands.
   */
  private boolean attribute(Entry customer, IntakeRecord record, Changes changes) throws Exception {
    CustomerState state = customer.state;
    boolean changed =
        record.attribution == null
            ? ledger.event(
                customer.key,
                state,
                new Kept(record.hash, record.eventTimeMs, record.receivedAtMs, record.bytes),
                changes)
            : ledger.apply(customer.key, state, record.attribution, changes);
    if (!changed && state.appliedEvents > 0) {
      // Nothing to tell, but the ledger may have gone on.
      customers.update(customer.whole());
    }
    if (ledger.isTimelineGone() && !changes.isGone()) {
      emit(new Outbound(Topic.TIMELINE, customer.keyBytes, null));
    }
    for (TouchpointGone touchpoint : ledger.takenBack()) {
      emit(new Outbound(Topic.TIMELINE, customer.keyBytes, Json.bytes(touchpoint)));
    }
    return changed;
  }

  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
    Entry customer = known(timer.getKey());
    if (customer == null) {
      return;
    }
    CustomerState state = customer.state;
    state.timerAtMs = CustomerState.NEVER;
    Instant now = Instant.ofEpochMilli(wallMs());
    Changes changes = new Changes(now);
    // At the end of a finished or drained stream all is told that is still due, but nobody is
    // forgotten: no time has passed.
    long until = isEndOfTime() ? logic.lastMoment(state) : customerTime(state);
    boolean changed = logic.advance(customer.key, state, until, changes);
    if (!changes.isGone()) {
      changed |= rules.advance(logic, customer, until, now, changes);
    }
    schedule(state);
    if (changed || !changes.alerts().isEmpty()) {
      tell(customer, changes, 0);
    } else {
      customers.update(customer.whole());
    }
    shrink();
  }

  /** The customer whose key is the current one, from the heap or from the state, or null. */
  Entry known(String name) throws Exception {
    Entry customer = hot.get(name);
    if (customer == null) {
      CustomerState state = customers.value();
      if (state == null) {
        return null;
      }
      customer = new Entry(name, state);
      hot.addRead(customer);
    }
    return customer;
  }

  /**
   * What cannot wait goes out at once; state and snapshot do unless they just did.
   *
   * @param lagMs how long what has changed the customer has been on its way
   */
  void tell(Entry customer, Changes changes, long lagMs) throws Exception {
    for (Alert decided : changes.alerts()) {
      Alert alert = changes.isGone() ? decided : arbiter.judge(customer.state, decided);
      if (alert.state() == AlertState.SUPPRESSED) {
        suppressed.inc();
      } else {
        alertsOut.inc();
        output.collect(ALERTS, alertRecord.replace(Facts.of(customer.key.tenant(), alert)));
      }
      emit(new Outbound(Topic.ALERTS, customer.keyBytes, Json.bytes(alert)));
    }
    if (changes.isGone()) {
      forget(customer, changes.isForgotten());
      return;
    }
    byte[] touchpoint = changes.touchpoint();
    if (touchpoint != null) {
      emit(new Outbound(Topic.TIMELINE, customer.keyBytes, touchpoint));
    }
    if (hot.mustWait(customer, wallMs(), lagMs)) {
      wakeUpAt(hot.nextLookMs());
    } else {
      write(customer);
    }
  }

  /** Lets customers go until the others fit. The current key is another one afterwards. */
  void shrink() throws Exception {
    for (Entry customer = hot.surplus(); customer != null; customer = hot.surplus()) {
      if (hot.waits(customer)) {
        setCurrentKey(customer.name);
        write(customer);
      }
      hot.letGo(customer);
    }
  }

  /** Compaction then forgets what the snapshot held, and so does every reader. */
  private void forget(Entry customer, boolean entirely) throws Exception {
    hot.remove(customer);
    book.clear();
    warm.forget();
    if (entirely) {
      customers.clear();
      forgetAlerts(customer);
    } else {
      customers.update(customer.whole());
    }
    emit(new Outbound(Topic.TIMELINE, customer.keyBytes, null));
    emit(new Outbound(Topic.SNAPSHOTS, customer.keyBytes, null));
  }

  /** Their words may hold the customer's name; every reader drops them, and retention the rest. */
  private void forgetAlerts(Entry customer) {
    emit(new Outbound(Topic.ALERTS, customer.keyBytes, null));
  }

  /** Writes and tells of the customer, whose key is the current one. */
  private void write(Entry customer) throws Exception {
    CustomerState state = customer.whole();
    customers.update(state);
    byte[] snapshot = logic.snapshot(customer.key, state);
    Outbound out = new Outbound(Topic.SNAPSHOTS, customer.keyBytes, snapshot);
    out.underWay = RuleState.underWay(state.rules);
    emit(out);
    hot.told(customer, wallMs());
  }

  private void writeWaiting(long untilMs) throws Exception {
    while (hot.nextDueMs() <= untilMs) {
      Entry customer = hot.firstWaiting();
      setCurrentKey(customer.name);
      write(customer);
    }
  }

  private void wakeUpAt(long wallMs) {
    if (wallMs >= wakesUpAtMs) {
      return;
    }
    wakesUpAtMs = wallMs;
    getProcessingTimeService()
        .registerTimer(
            wallMs,
            now -> {
              wakesUpAtMs = Long.MAX_VALUE;
              hot.look(now);
              writeWaiting(now);
              if (hot.nextLookMs() != Long.MAX_VALUE) {
                wakeUpAt(hot.nextLookMs());
              }
            });
  }

  CustomerView view(Entry customer) {
    return logic.view(customer.key, customer.state);
  }

  /** The clock as the customer's own; {@code Long.MIN_VALUE} before there is one. */
  long customerTime(CustomerState state) {
    long now = timers.currentWatermark();
    return now == Long.MIN_VALUE ? now : now - state.clockLeadMs;
  }

  /**
   * Sees to it that the one timer fires by the next due moment; true when it had to be moved. Most
   * events only put off what is due, and a timer that fires too early costs less than moving it
   * each time.
   */
  boolean schedule(CustomerState state) {
    long due = Math.min(logic.nextDue(state), state.rulesDueMs);
    if (due == CustomerState.NEVER || isEndOfTime()) {
      return false;
    }
    long at = due + state.clockLeadMs;
    if (state.timerAtMs <= at) {
      return false;
    }
    if (state.timerAtMs != CustomerState.NEVER) {
      timers.deleteEventTimeTimer(VoidNamespace.INSTANCE, state.timerAtMs);
    }
    timers.registerEventTimeTimer(VoidNamespace.INSTANCE, at);
    state.timerAtMs = at;
    return true;
  }
}
