package io.nabz.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nabz.customer.Changes;
import io.nabz.customer.CustomerLogic;
import io.nabz.customer.state.CustomerState;
import io.nabz.job.HotCustomers.Entry;
import io.nabz.model.Event;
import io.nabz.model.Topic;
import io.nabz.rules.catalogue.Catalogue;
import io.nabz.rules.engine.Call;
import io.nabz.rules.engine.CompiledRule;
import io.nabz.rules.engine.RuleBook;
import io.nabz.rules.engine.RuleEngine;
import io.nabz.rules.engine.RuleSet;
import io.nabz.rules.engine.RuleState;
import io.nabz.rules.language.RuleException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rules that run beside the customer's logic. Broadcast state: {@code rules}, each rule as it
 * was last written, by tenant and id, and which versions are suspended; the same on all parallel
 * instances.
 */
final class CustomerRules {
  static final MapStateDescriptor<String, byte[]> RULES =
      new MapStateDescriptor<>(
          "rules", Types.STRING, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);

  private static final long NEVER_WATCHED = Long.MIN_VALUE;

  private static final Logger LOG = LoggerFactory.getLogger(CustomerRules.class);

  private final RuleEngine engine = new RuleEngine();
  private final RuleBook book = new RuleBook(Catalogue.compiled());
  private final BroadcastState<String, byte[]> stored;

  private long watchedAtMs = NEVER_WATCHED;

  private CustomerRules(BroadcastState<String, byte[]> stored) {
    this.stored = stored;
  }

  /** Takes up the rules that a checkpoint holds. */
  static CustomerRules restore(OperatorStateStore store) throws Exception {
    CustomerRules rules = new CustomerRules(store.getBroadcastState(RULES));
    for (Map.Entry<String, byte[]> rule : rules.stored.immutableEntries()) {
      rules.take(rule.getKey(), rule.getValue());
    }
    return rules;
  }

  /**
   * A rule has been written, suspended, or is gone; one that does not compile leaves the former
   * running.
   */
  void change(RuleChange change) throws Exception {
    if (!take(change.key, change.rule)) {
      return;
    }
    if (change.rule == null) {
      stored.remove(change.key);
    } else {
      stored.put(change.key, change.rule);
    }
  }

  /**
   * @param watermarkMs up to when all events have come, in the customer's time
   */
  void apply(
      CustomerLogic logic,
      Entry customer,
      Event event,
      long receivedAtMs,
      long watermarkMs,
      Instant now,
      Changes changes) {
    RuleSet running = of(customer);
    long timeMs = event.time().toEpochMilli();
    if (customer.state.rulesDueMs > timeMs && !running.waitsFor(event.type())) {
      return;
    }
    RuleState rules = stateOf(customer);
    Call call = call(logic, customer, Instant.ofEpochMilli(receivedAtMs), now, changes);
    if (engine.apply(running, rules, event, watermarkMs, call)) {
      keep(customer.state, rules);
    }
  }

  /**
   * Lets time pass.
   *
   * @param toMs the customer's clock, behind which nothing is expected any more
   * @return whether rules remember something else of the customer now
   */
  boolean advance(CustomerLogic logic, Entry customer, long toMs, Instant now, Changes changes) {
    if (customer.state.rulesDueMs > toMs) {
      return false;
    }
    byte[] before = customer.state.rules;
    RuleState rules = stateOf(customer);
    Call call = call(logic, customer, null, now, changes);
    if (engine.advance(of(customer), rules, toMs, toMs, call)) {
      keep(customer.state, rules);
    }
    return customer.state.rules != before;
  }

  /**
   * How many rules are held back. What has become of one since this was last asked goes out as a
   * record of the topic of rules: from there all instances take that it is suspended, this one too.
   */
  int watch(long nowMs, Consumer<Outbound> out) {
    long passedMs = watchedAtMs == NEVER_WATCHED ? 0 : nowMs - watchedAtMs;
    watchedAtMs = nowMs;
    if (passedMs > 0) {
      book.news(TimeUnit.MILLISECONDS.toNanos(passedMs))
          .forEach(
              (key, status) -> {
                LOG.warn("rule {} is {}: {}", key, status.state().code(), status.reason());
                out.accept(new Outbound(Topic.RULES, key.getBytes(UTF_8), status.toBytes()));
              });
    }
    int count = 0;
    for (CompiledRule rule : book.running()) {
      count += rule.health().throttled() == null ? 0 : 1;
    }
    return count;
  }

  private RuleSet of(Entry customer) {
    return book.of(customer.key.tenant());
  }

  /** What was decoded last time, unless the customer's record has become another since. */
  private static RuleState stateOf(Entry customer) {
    RuleState known = customer.rules;
    if (known == null || known.packed != customer.state.rules) {
      known = new RuleState();
      known.packed = customer.state.rules;
      known.dueMs = customer.state.rulesDueMs;
      customer.rules = known;
    }
    return known;
  }

  private static void keep(CustomerState state, RuleState rules) {
    state.rules = rules.packed;
    state.rulesDueMs = rules.dueMs;
  }

  private static Call call(
      CustomerLogic logic, Entry customer, Instant receivedAt, Instant now, Changes changes) {
    return new Call(
        customer.key,
        logic.view(customer.key, customer.state),
        receivedAt,
        now,
        changes.alerts()::add);
  }

  private boolean take(String key, byte[] rule) {
    try {
      return book.take(key, rule);
    } catch (RuleException e) {
      LOG.warn("a rule is not taken over, the former one goes on: {}", e.getMessage());
      return false;
    }
  }
}
