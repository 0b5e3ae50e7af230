package io.nabz.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.nabz.backtest.Seed;
import io.nabz.customer.Changes;
import io.nabz.customer.state.CustomerState;
import io.nabz.intake.IntakeRecord;
import io.nabz.job.HotCustomers.Entry;
import io.nabz.model.Event;
import io.nabz.model.Topic;
import io.nabz.rules.engine.CompiledRule;
import io.nabz.rules.engine.RuleState;
import io.nabz.warm.HandOver;
import io.nabz.warm.Remembered;
import io.nabz.warm.WarmMessage;
import io.nabz.warm.WarmStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.VoidNamespace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rules that are started warm, on one instance of the customers' operator. Such a rule begins
 * nothing until the customer's seed is there or all seeds are; what it waits for is remembered and
 * matched then, in order. All of it is in the checkpoint.
 *
 * <p>Keyed state: {@code warming}, by rule the events remembered of a customer; cleared with the
 * customer's seed, at the end of the start, and when the customer is forgotten.
 */
final class WarmStarts {
  static final MapStateDescriptor<String, byte[]> WARMING =
      new MapStateDescriptor<>(
          "warming", Types.STRING, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);

  /** On one instance, for one rule. */
  static final int MAX_REMEMBERED = 100_000;

  /** After that nobody comes back with seeds. */
  static final Duration PATIENCE = Duration.ofMinutes(15);

  private static final Logger LOG = LoggerFactory.getLogger(WarmStarts.class);

  private final CustomerOperator operator;
  private final RunningRules running;
  private final MapState<String, byte[]> remembered;
  private final long openedAtMs;
  private final boolean isRestored;
  private final Map<String, WarmStart> starts = new HashMap<>();

  /** Why a start has ended here before its time, by rule; for those who ask later. */
  private final Map<String, String> ended = new HashMap<>();

  /** Takes up the starts that a checkpoint holds. */
  WarmStarts(
      CustomerOperator operator,
      RunningRules running,
      MapState<String, byte[]> remembered,
      boolean isRestored)
      throws Exception {
    this.operator = requireNonNull(operator, "operator is null");
    this.running = requireNonNull(running, "running is null");
    this.remembered = requireNonNull(remembered, "remembered is null");
    this.openedAtMs = operator.wallMs();
    this.isRestored = isRestored;
    for (Map.Entry<String, byte[]> mark : running.marks(WarmStart.MARK).entrySet()) {
      CompiledRule rule = running.own(mark.getKey()).orElse(null);
      if (rule != null) {
        starts.put(
            mark.getKey(),
            WarmStart.restored(mark.getKey(), rule, mark.getValue(), operator.wallMs()));
        running.hold(mark.getKey(), true);
      }
    }
  }

  /** A record of the topic of rules or of that of seeds. */
  void take(RuleChange change) throws Exception {
    if (change.seed) {
      hear(change.key, WarmMessage.of(change.rule));
      return;
    }
    WarmStart before = starts.get(change.key);
    if (before != null && !before.isOf(change.rule)) {
      end(before);
    }
    running.change(change);
    String rule = WarmStatus.ruleOf(change.key);
    if (rule != null) {
      settled(starts.get(rule), change.rule);
    } else if (!starts.containsKey(change.key) && change.key.indexOf('@') < 0) {
      CompiledRule written = running.own(change.key).orElse(null);
      if (written != null && written.startsWarm() && written.rule().enabled()) {
        begin(change.key, written);
      }
    }
  }

  private void begin(String key, CompiledRule rule) throws Exception {
    WarmStart start =
        WarmStart.of(key, rule, operator.timers.currentWatermark(), operator.wallMs());
    // One that has no checkpoint reads all that is kept; its rules know the past by themselves.
    if (!isRestored && start.writtenAtMs() < openedAtMs) {
      return;
    }
    starts.put(key, start);
    ended.remove(key);
    running.hold(key, true);
    running.mark(key + WarmStart.MARK, start.mark());
    say(key, WarmMessage.taken(start.version(), instance(), instances()));
  }

  /** The API has settled what became of the start; the seeds may have passed before the rule. */
  private void settled(WarmStart start, byte[] json) throws Exception {
    WarmStatus status = WarmStart.status(json);
    if (start == null || status == null || status.version() != start.version()) {
      return;
    }
    if (status.state() == WarmStatus.State.WARM) {
      giveUp(
          start, "the stream was restarted while the rule was started warm; " + WarmStatus.AGAIN);
    } else {
      end(start);
    }
  }

  private void hear(String key, WarmMessage message) throws Exception {
    if (message == null) {
      return;
    }
    WarmStart start = starts.get(key);
    boolean isOfIt = start != null && start.version() == message.version();
    switch (message.kind()) {
      case SEED -> {
        if (isOfIt) {
          running.mark(key + WarmStart.MARK, start.oneMore());
          if (isOwn(message.seed().customer())) {
            operator.setCurrentKey(message.seed().customer());
            handOver(start, message.seed().section(), message.seed().kept());
          }
        }
      }
      case END -> {
        if (message.seeds() == null) {
          if (isOfIt) {
            end(start);
          }
        } else if (!isOfIt) {
          String why =
              ended.getOrDefault(key, "the stream was restarted meanwhile; " + WarmStatus.AGAIN);
          answer(key, message.version(), why);
        } else if (start.seeds() != message.seeds()) {
          giveUp(
              start,
              "the stream was restarted meanwhile and missed some of it; " + WarmStatus.AGAIN);
        } else {
          end(start);
          answer(key, message.version(), null);
        }
      }
      case TAKEN, ENDED -> {
        // Of the stream's own.
      }
    }
  }

  /** Before the rules see the event, whose customer's key is the current one. */
  void remember(Entry customer, Event event, IntakeRecord record) throws Exception {
    if (starts.isEmpty()) {
      return;
    }
    for (WarmStart start : List.copyOf(starts.values())) {
      if (start.isOf(customer.key)) {
        remember(start, customer, event, record);
      }
    }
  }

  private void remember(WarmStart start, Entry customer, Event event, IntakeRecord record)
      throws Exception {
    boolean old = record.receivedAtMs < start.sinceMs();
    if (old && record.isNews()) {
      giveUp(start, "the stream is behind; when it has caught up, " + WarmStatus.AGAIN);
      operator.setCurrentKey(customer.name);
      return;
    }
    // What identity hands over late is history's, and in the seed.
    if (old
        || !start.handOver().waitsFor(event.type())
        || customer.rules.current().knows(start.rule())) {
      return;
    }
    byte[] before = remembered.get(start.key());
    if (start.remembered() >= MAX_REMEMBERED || Remembered.count(before) >= Seed.MAX_EVENTS) {
      giveUp(
          start,
          "too much came while the rule was started; when it is quieter, " + WarmStatus.AGAIN);
      operator.setCurrentKey(customer.name);
      return;
    }
    Seed.Event kept = new Seed.Event(record.receivedAtMs, record.eventBytes());
    remembered.put(start.key(), Remembered.with(before, kept));
    start.rememberedOneMore();
  }

  /** The customer whose key is the current one is no longer known. */
  void forget() {
    if (!starts.isEmpty()) {
      remembered.clear();
    }
  }

  /** Ends what nobody comes back for. */
  void look(long nowMs) throws Exception {
    for (WarmStart start : List.copyOf(starts.values())) {
      if (nowMs - start.takenAtMs() > PATIENCE.toMillis()) {
        giveUp(start, "the API did not finish it; " + WarmStatus.AGAIN);
      }
    }
  }

  /** Goes on cold on this instance's own account; the API tells the others. */
  private void giveUp(WarmStart start, String why) throws Exception {
    LOG.warn("rule {} is not started warm: {}", start.key(), why);
    end(start);
    ended.put(start.key(), why);
    answer(start.key(), start.version(), why);
    byte[] status = WarmStatus.cold(start.version(), why).toBytes();
    operator.emit(new Outbound(Topic.RULES, WarmStatus.keyOf(start.key()).getBytes(UTF_8), status));
  }

  /** From here on the rule runs as any other; of whom there was no seed there is no past. */
  private void end(WarmStart start) throws Exception {
    List<String> customers;
    try (Stream<String> keys =
        operator
            .<String>getKeyedStateBackend()
            .getKeys(WARMING.getName(), VoidNamespace.INSTANCE)) {
      customers = keys.distinct().toList();
    }
    for (String customer : customers) {
      operator.setCurrentKey(customer);
      if (remembered.contains(start.key())) {
        handOver(start, null, List.of());
      }
    }
    starts.remove(start.key());
    running.hold(start.key(), false);
    running.mark(start.key() + WarmStart.MARK, null);
  }

  /** Of the customer whose key is the current one; afterwards that may be another one. */
  private void handOver(WarmStart start, byte[] section, List<Seed.Event> kept) throws Exception {
    List<Seed.Event> since = Remembered.of(remembered.get(start.key()));
    remembered.remove(start.key());
    Entry customer = operator.known((String) operator.getCurrentKey());
    if (customer == null || customer.state.redirectTo != null) {
      return;
    }
    CustomerState state = customer.state;
    Instant now = Instant.ofEpochMilli(operator.wallMs());
    Changes changes = new Changes(now);
    long startMs = start.clockMs();
    HandOver.Customer of =
        new HandOver.Customer(
            customer.key,
            operator.view(customer),
            state.seen::contains,
            startMs == Long.MIN_VALUE ? startMs : startMs - state.clockLeadMs,
            operator.customerTime(state),
            now);
    RuleState handed = start.handOver().run(section, kept, since, of, changes.alerts()::add);
    customer.rules.current().adopt(handed);
    customer.rules.changed();
    operator.schedule(state);
    operator.tell(customer, changes, 0);
    operator.shrink();
  }

  /** Whether this instance has the state of that customer. */
  private boolean isOwn(String customer) {
    int max = operator.getRuntimeContext().getTaskInfo().getMaxNumberOfParallelSubtasks();
    return KeyGroupRangeAssignment.assignKeyToParallelOperator(customer, max, instances())
        == instance();
  }

  private int instance() {
    return operator.getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
  }

  private int instances() {
    return operator.getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks();
  }

  private void answer(String key, int version, String reason) {
    say(key, WarmMessage.ended(version, instance(), instances(), reason));
  }

  private void say(String key, WarmMessage message) {
    operator.emit(new Outbound(Topic.RULE_SEEDS, key.getBytes(UTF_8), message.toBytes()));
  }
}
