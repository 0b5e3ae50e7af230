package io.nabz.warm;

import static java.util.Objects.requireNonNull;

import io.nabz.backtest.Seed;
import io.nabz.model.Alert;
import io.nabz.model.CustomerKey;
import io.nabz.model.Event;
import io.nabz.model.EventDecoder;
import io.nabz.model.StableHash;
import io.nabz.rules.engine.Call;
import io.nabz.rules.engine.CompiledRule;
import io.nabz.rules.engine.CustomerView;
import io.nabz.rules.engine.RuleCompiler;
import io.nabz.rules.engine.RuleEngine;
import io.nabz.rules.engine.RuleSet;
import io.nabz.rules.engine.RuleState;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongPredicate;

/**
 * Takes one rule over from history into the stream, customer by customer. What was completed before
 * the rule was there is not told. For one thread.
 */
public final class HandOver {
  /** So far the stream may be behind when a rule is written; what came before is in the seeds. */
  public static final Duration LAG = Duration.ofMinutes(2);

  private final RuleEngine engine = new RuleEngine();
  private final RuleSet rule;

  /**
   * The customer, as the stream has it.
   *
   * @param hasSeen whether the stream has applied the event of that hash
   * @param startMs where the customer's clock stood when the rule came
   * @param nowMs where it stands
   * @param now the wall clock, for the alerts
   */
  public record Customer(
      CustomerKey key,
      CustomerView view,
      LongPredicate hasSeen,
      long startMs,
      long nowMs,
      Instant now) {
    public Customer {
      requireNonNull(key, "key is null");
      requireNonNull(view, "view is null");
      requireNonNull(hasSeen, "hasSeen is null");
      requireNonNull(now, "now is null");
    }
  }

  public HandOver(CompiledRule rule) {
    // Compiled anew: the one that runs begins nothing yet.
    this.rule = new RuleSet(List.of(RuleCompiler.compile(rule.rule())));
  }

  /** Whether an event of the type can concern the rule. */
  public boolean waitsFor(String type) {
    return rule.waitsFor(type);
  }

  /**
   * @param section what the rule would remember before what was kept; null for nothing
   * @param kept of history, with what the stream has not come to yet, which is left for then
   * @param since what the stream has come to since the rule is there
   * @param alerts is told what was completed since
   * @return what the rule remembers now
   */
  public RuleState run(
      byte[] section,
      List<Seed.Event> kept,
      List<Seed.Event> since,
      Customer customer,
      Consumer<Alert> alerts) {
    RuleState state = RuleState.of(section);
    Set<Long> news = new HashSet<>();
    since.forEach(event -> news.add(hash(EventDecoder.trusted(event.bytes()))));
    Set<Long> done = new HashSet<>();
    for (Seed.Event one : kept) {
      Event event = EventDecoder.trusted(one.bytes());
      long hash = hash(event);
      boolean isNews = news.contains(hash);
      if ((isNews || customer.hasSeen().test(hash)) && done.add(hash)) {
        apply(state, event, one.receivedAtMs(), isNews, customer, alerts);
      }
    }
    for (Seed.Event one : since) {
      Event event = EventDecoder.trusted(one.bytes());
      if (done.add(hash(event))) {
        apply(state, event, one.receivedAtMs(), true, customer, alerts);
      }
    }
    pass(state, customer.nowMs(), customer, alerts);
    return state;
  }

  private void apply(
      RuleState state,
      Event event,
      long receivedAtMs,
      boolean tell,
      Customer customer,
      Consumer<Alert> alerts) {
    long timeMs = event.time().toEpochMilli();
    Consumer<Alert> told = tell ? alerts : HandOver::forget;
    if (tell) {
      pass(state, timeMs, customer, alerts);
    }
    Call call = call(customer, Instant.ofEpochMilli(receivedAtMs), told);
    engine.apply(rule, state, event, RuleEngine.NO_WATERMARK, call);
  }

  /** What fell due before the rule was there is not told. */
  private void pass(RuleState state, long toMs, Customer customer, Consumer<Alert> alerts) {
    long silentMs = Math.min(toMs, customer.startMs());
    Call silent = call(customer, null, HandOver::forget);
    engine.advance(rule, state, silentMs, RuleEngine.NO_WATERMARK, silent);
    engine.advance(rule, state, toMs, RuleEngine.NO_WATERMARK, call(customer, null, alerts));
  }

  private static Call call(Customer customer, Instant receivedAt, Consumer<Alert> alerts) {
    return new Call(customer.key(), customer.view(), receivedAt, customer.now(), alerts);
  }

  private static void forget(Alert completedBefore) {
    // Nobody had asked then.
  }

  private static long hash(Event event) {
    return StableHash.pair(event.source(), event.id());
  }
}
