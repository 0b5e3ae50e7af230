package io.nabz.backtest;

import io.nabz.customer.Changes;
import io.nabz.customer.CustomerLogic;
import io.nabz.model.Alert;
import io.nabz.model.CustomerKey;
import io.nabz.model.Event;
import io.nabz.model.EventDecoder;
import io.nabz.model.EventTypes;
import io.nabz.model.StableHash;
import io.nabz.rules.engine.Call;
import io.nabz.rules.engine.CompiledRule;
import io.nabz.rules.engine.CrowdKey;
import io.nabz.rules.engine.CustomerView;
import io.nabz.rules.engine.RuleCompiler;
import io.nabz.rules.engine.RuleEngine;
import io.nabz.rules.engine.RuleHealth;
import io.nabz.rules.engine.RuleSet;
import io.nabz.rules.engine.RuleState;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Some of the customers, with the very engine of the stream: events in the order in which they
 * came, time in between. For one thread.
 */
final class Worker {
  /** A late event may disprove what was told for so long. */
  private static final Duration DISPROVABLE = Duration.ofHours(24);

  private static final double FULL = 0.9;

  private final BacktestPlan plan;
  private final EventDecoder decoder;
  private final CustomerLogic logic;
  private final RuleEngine engine = new RuleEngine();
  private final RuleHealth health;
  private final RuleSet draft;
  private final RuleSet live;
  private final Map<String, Subject> subjects = new HashMap<>();
  private final Set<Long> agentHours = new HashSet<>();
  private final long maxBytes;
  private final long memoryMs;
  private final long keepFromMs;
  private long bytes;
  private long newestMs = Long.MIN_VALUE;
  private long unusable;

  final Tally ofDraft;
  final Tally ofLive;

  /**
   * One event for the worker.
   *
   * @param customerId null for one that names none
   * @param crowd the value that a rule across customers tells apart; null if there is none
   * @param watermarkMs up to when all events have come
   */
  record Item(byte[] bytes, String customerId, String crowd, long receivedAtMs, long watermarkMs) {}

  Worker(BacktestPlan plan, EventDecoder decoder, CustomerLogic logic) {
    this.plan = plan;
    // Compiled anew: what is counted of a rule is counted by one thread.
    CompiledRule compiled = RuleCompiler.compile(plan.draft().rule());
    this.health = compiled.health();
    this.draft = new RuleSet(List.of(compiled));
    this.live =
        plan.live() == null
            ? RuleSet.NONE
            : new RuleSet(List.of(RuleCompiler.compile(plan.live().rule())));
    this.decoder = decoder;
    this.logic = logic;
    this.maxBytes = plan.maxBytes() / plan.workers();
    this.memoryMs = plan.memory().plus(DISPROVABLE).toMillis();
    this.keepFromMs = plan.isBacktest() ? Long.MAX_VALUE : plan.keepFrom().toEpochMilli();
    this.ofDraft = new Tally(plan.from(), plan.to());
    this.ofLive = new Tally(plan.from(), plan.to());
  }

  void take(Item item) {
    Instant receivedAt = Instant.ofEpochMilli(item.receivedAtMs());
    EventDecoder.Result decoded = decoder.decode(item.bytes(), receivedAt);
    if (decoded.event() == null) {
      unusable++;
      return;
    }
    Event event = decoded.event();
    long timeMs = event.time().toEpochMilli();
    newestMs = Math.max(newestMs, Math.min(timeMs, plan.to().toEpochMilli() - 1));
    if (!event.time().isBefore(plan.to())) {
      return;
    }
    agent(event, timeMs);
    if (item.customerId() == null || EventTypes.isCustomerless(event.type())) {
      return;
    }
    if (plan.isAcross()) {
      if (item.crowd() != null) {
        Subject subject =
            subjects.computeIfAbsent(item.crowd(), key -> new Subject(CrowdKey.parse(key)));
        Event taken = event.notAfter(receivedAt);
        apply(subject, taken, taken.time().toEpochMilli(), item);
        weigh(subject);
      }
      return;
    }
    if (event.type().equals(EventTypes.CUSTOMER_ERASED)) {
      forget(item.customerId());
      return;
    }
    Subject subject = subjects.get(item.customerId());
    if (subject == null) {
      subject = new Subject(new CustomerKey(plan.tenant(), item.customerId()), logic != null);
      subjects.put(item.customerId(), subject);
    }
    apply(subject, event, timeMs, item);
    weigh(subject);
  }

  private void apply(Subject subject, Event event, long timeMs, Item item) {
    if (item.receivedAtMs() < keepFromMs) {
      passTime(subject, timeMs - 1, item.watermarkMs());
    }
    Changes changes = new Changes(event.time());
    boolean news =
        logic == null
            ? subject.seen.add(StableHash.pair(event.source(), event.id()))
            : logic.apply(subject.key, subject.state, event, item.receivedAtMs(), changes);
    if (!news) {
      return;
    }
    subject.newestMs = Math.max(subject.newestMs, timeMs);
    if (item.receivedAtMs() >= keepFromMs) {
      keep(subject, event.type(), item);
      return;
    }
    Instant receivedAt = Instant.ofEpochMilli(item.receivedAtMs());
    match(draft, subject, subject.draft, event, item, receivedAt, ofDraft::take);
    match(live, subject, subject.live, event, item, receivedAt, ofLive::take);
  }

  private void keep(Subject subject, String type, Item item) {
    if (!draft.waitsFor(type)) {
      return;
    }
    subject.kept.add(new Seed.Event(item.receivedAtMs(), item.bytes()));
    if (subject.kept.size() > Seed.MAX_EVENTS) {
      throw new BacktestException(
          "more than %d events of one customer came while the rule was started; try again when it is quieter, or narrow the steps by type"
              .formatted(Seed.MAX_EVENTS));
    }
  }

  /** What is remembered and kept of each customer. */
  void seeds(Consumer<Seed> out) {
    for (Subject subject : subjects.values()) {
      if (!subject.draft.isEmpty() || !subject.kept.isEmpty()) {
        out.accept(new Seed(subject.key.toString(), subject.draft.packed(), subject.kept));
      }
    }
  }

  private void match(
      RuleSet rules,
      Subject subject,
      RuleState state,
      Event event,
      Item item,
      Instant receivedAt,
      Consumer<Alert> alerts) {
    if (!rules.rules().isEmpty()) {
      Call call = call(subject, item.customerId(), receivedAt, event.time(), alerts);
      engine.apply(rules, state, event, item.watermarkMs(), call);
    }
  }

  /** What falls due on the way does so at its own moment, with the customer as of then. */
  private void passTime(Subject subject, long toMs, long watermarkMs) {
    while (true) {
      long ofDraftMs = due(draft, subject.draft, toMs, watermarkMs);
      long ofLiveMs = due(live, subject.live, toMs, watermarkMs);
      long due = Math.min(ofDraftMs, ofLiveMs);
      if (due == RuleState.NEVER) {
        return;
      }
      Instant at = Instant.ofEpochMilli(due);
      if (logic != null) {
        logic.advance(subject.key, subject.state, due, new Changes(at));
      }
      boolean moved = false;
      if (ofDraftMs == due) {
        Call call = call(subject, null, null, at, ofDraft::take);
        moved = engine.advance(draft, subject.draft, due, due, call);
      }
      if (ofLiveMs == due) {
        Call call = call(subject, null, null, at, ofLive::take);
        moved |= engine.advance(live, subject.live, due, due, call);
      }
      if (!moved) {
        return;
      }
    }
  }

  /** When time matters next, if it has come so far; a rule in event time goes by the watermark. */
  private static long due(RuleSet rules, RuleState state, long toMs, long watermarkMs) {
    boolean waits = !rules.rules().isEmpty() && rules.rules().get(0).waitsForWatermark();
    return state.dueMs() <= (waits ? watermarkMs : toMs) ? state.dueMs() : RuleState.NEVER;
  }

  /** The history is over; what falls due up to its end still does. */
  void finish(long endMs) {
    for (Subject subject : subjects.values()) {
      passTime(subject, endMs, endMs);
    }
  }

  private Call call(
      Subject subject, String customerId, Instant receivedAt, Instant at, Consumer<Alert> alerts) {
    return subject.crowd == null
        ? new Call(subject.key, view(subject), receivedAt, at, alerts)
        : Call.across(subject.crowd, customerId, receivedAt, at, alerts);
  }

  private CustomerView view(Subject subject) {
    return logic == null ? CustomerView.UNKNOWN : logic.view(subject.key, subject.state);
  }

  /** An hour in which an agent did anything is an hour of work. */
  private void agent(Event event, long timeMs) {
    String agentId = event.text("agentId");
    if (agentId != null && timeMs >= plan.from().toEpochMilli()) {
      long hour = timeMs / Duration.ofHours(1).toMillis();
      agentHours.add(StableHash.pair(agentId, Long.toString(hour)));
    }
  }

  private void forget(String customerId) {
    Subject gone = subjects.remove(customerId);
    bytes -= gone == null ? 0 : gone.bytes;
    ofDraft.forget(customerId);
    ofLive.forget(customerId);
  }

  private void weigh(Subject subject) {
    bytes -= subject.bytes;
    subject.bytes = subject.weigh();
    bytes += subject.bytes;
    if (bytes <= maxBytes) {
      return;
    }
    if (logic == null) {
      sweep();
    }
    if (bytes > FULL * maxBytes) {
      throw new BacktestException(
          plan.isBacktest()
              ? "more than %,d customers have something under way at once; give a sample, e.g. sample=%s, or a shorter range"
                  .formatted(subjects.size() * plan.workers(), suggested())
              : "more than %,d customers have something under way at once; shorten within or narrow the first step"
                  .formatted(subjects.size() * plan.workers()));
    }
  }

  /** Where no rule asks for the customer, those of whom nothing is under way can be let go. */
  private void sweep() {
    subjects
        .values()
        .removeIf(
            subject -> {
              boolean over = newestMs - subject.newestMs > memoryMs;
              boolean gone =
                  subject.hasNothingUnderWay()
                      || (over && subject.kept.isEmpty() && subject.dueMs() == RuleState.NEVER);
              bytes -= gone ? subject.bytes : 0;
              return gone;
            });
  }

  private double suggested() {
    return Math.max(0.001, Math.round(plan.sample() * 200) / 1000.0);
  }

  Set<Long> agentHours() {
    return agentHours;
  }

  long unusable() {
    return unusable;
  }

  /** Why matches under way were given up, or null. */
  String throttled() {
    return health.throttled();
  }

  long stillOpen() {
    return subjects.values().stream().filter(subject -> subject.draft.isUnderWay()).count();
  }

  static List<Tally> drafts(List<Worker> workers) {
    return workers.stream().map(worker -> worker.ofDraft).toList();
  }

  static List<Tally> lives(List<Worker> workers) {
    return workers.stream().map(worker -> worker.ofLive).toList();
  }
}
