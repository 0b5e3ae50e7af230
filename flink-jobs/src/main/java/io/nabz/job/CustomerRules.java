package io.nabz.job;

import static java.util.Objects.requireNonNull;

import io.nabz.customer.Changes;
import io.nabz.customer.CustomerLogic;
import io.nabz.job.HotCustomers.Entry;
import io.nabz.model.Event;
import io.nabz.rules.engine.Call;
import io.nabz.rules.engine.RuleEngine;
import io.nabz.rules.engine.RuleSet;
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
    Call call = call(logic, customer, Instant.ofEpochMilli(receivedAtMs), now, changes);
    if (engine.apply(ofTenant, customer.rules.current(), event, watermarkMs, call)) {
      customer.rules.changed();
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
    Call call = call(logic, customer, null, now, changes);
    boolean changed = engine.advance(of(customer), customer.rules.current(), toMs, toMs, call);
    if (changed) {
      customer.rules.changed();
    }
    return changed;
  }

  private RuleSet of(Entry customer) {
    return running.of(customer.key.tenant());
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
