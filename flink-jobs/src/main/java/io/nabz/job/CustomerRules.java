package io.nabz.job;

import static java.util.Objects.requireNonNull;

import io.nabz.customer.Changes;
import io.nabz.customer.CustomerLogic;
import io.nabz.customer.state.CustomerState;
import io.nabz.job.HotCustomers.Entry;
import io.nabz.model.Event;
import io.nabz.rules.engine.Call;
import io.nabz.rules.engine.RuleEngine;
import io.nabz.rules.engine.RuleSet;
import io.nabz.rules.engine.RuleState;
import java.time.Instant;

/** Runs the rules that see one customer at a time beside the customer's logic. */
final class CustomerRules {
  private final RuleEngine engine = new RuleEngine();
  private final RunningRules running;

  CustomerRules(RunningRules running) {
    this.running = requireNonNull(running, "running is null");
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
    RuleSet ofTenant = of(customer);
    long timeMs = event.time().toEpochMilli();
    if (customer.state.rulesDueMs > timeMs && !ofTenant.waitsFor(event.type())) {
      return;
    }
    RuleState rules = stateOf(customer);
    Call call = call(logic, customer, Instant.ofEpochMilli(receivedAtMs), now, changes);
    if (engine.apply(ofTenant, rules, event, watermarkMs, call)) {
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

  private RuleSet of(Entry customer) {
    return running.of(customer.key.tenant());
  }

  /** What was decoded last time, unless the customer's record has become another since. */
  private static RuleState stateOf(Entry customer) {
    RuleState known = customer.rules;
    if (known == null || known.packed() != customer.state.rules) {
      known = RuleState.of(customer.state.rules, customer.state.rulesDueMs);
      customer.rules = known;
    }
    return known;
  }

  private static void keep(CustomerState state, RuleState rules) {
    state.rules = rules.packed();
    state.rulesDueMs = rules.dueMs();
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
}
