package io.nabz.backtest;

import static java.util.Objects.requireNonNull;

import io.nabz.customer.CustomerPolicy;
import io.nabz.rules.engine.CompiledRule;
import io.nabz.rules.language.Rule;
import java.time.Duration;
import java.time.Instant;

/**
 * What a backtest is to do.
 *
 * @param live the rule of the same id that runs now, to compare with; null for none, and for one
 *     that is matched across something else than the draft
 * @param from of the completing event's time, included
 * @param to of the completing event's time, excluded
 * @param sample share of customers, above 0 and up to 1
 * @param workers threads besides the one that reads
 * @param maxBytes of heap for what is remembered of customers, roughly
 * @param maxTime after which it is given up
 * @param keepFrom what the broker had from then on is not matched but kept as it is, for a warm
 *     start; null to match all
 */
public record BacktestPlan(
    String tenant,
    CompiledRule draft,
    CompiledRule live,
    Instant from,
    Instant to,
    double sample,
    int workers,
    long maxBytes,
    Duration maxTime,
    CustomerPolicy policy,
    Instant keepFrom) {
  public BacktestPlan {
    requireNonNull(tenant, "tenant is null");
    requireNonNull(draft, "draft is null");
    requireNonNull(from, "from is null");
    requireNonNull(to, "to is null");
    requireNonNull(maxTime, "maxTime is null");
    requireNonNull(policy, "policy is null");
    if (draft.rule().isWatch()) {
      throw new IllegalArgumentException(
          "a rule that watches "
              + draft.rule().across().code()
              + " cannot be tried on history; put it, with a long cooldown at first, and look at its"
              + " alerts");
    }
    if (live != null && !isMatchedAlike(draft.rule(), live.rule())) {
      live = null;
    }
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException("from must be before to");
    }
    if (!(sample > 0 && sample <= 1)) {
      throw new IllegalArgumentException("sample must be above 0 and at most 1, e.g. 0.1");
    }
    if (workers < 1) {
      throw new IllegalArgumentException("workers must be 1 or more");
    }
  }

  /** For a backtest. */
  public BacktestPlan(
      String tenant,
      CompiledRule draft,
      CompiledRule live,
      Instant from,
      Instant to,
      double sample,
      int workers,
      long maxBytes,
      Duration maxTime,
      CustomerPolicy policy) {
    this(tenant, draft, live, from, to, sample, workers, maxBytes, maxTime, policy, null);
  }

  /**
   * How many workers are worth their threads on this machine: where customers have to be made, the
   * one thread that reads has little to do beside it, and each core has a worker.
   *
   * @param live as for the plan; null for none
   */
  public static int workersFor(CompiledRule draft, CompiledRule live) {
    int cores = Runtime.getRuntime().availableProcessors();
    return asksCustomer(draft, live) ? cores : Math.max(1, cores / 2);
  }

  /** Whether it is for what would have been told, and not for what is to be remembered. */
  boolean isBacktest() {
    return keepFrom == null;
  }

  /** Whether it looks across customers. */
  boolean isAcross() {
    return draft.rule().isAcross();
  }

  private static boolean isMatchedAlike(Rule draft, Rule live) {
    return draft.across() == live.across() && (!draft.isAcross() || draft.by().equals(live.by()));
  }

  /** Whether either rule asks what is known of the customer, so that all of it must be made. */
  boolean asksCustomer() {
    return asksCustomer(draft, live);
  }

  private static boolean asksCustomer(CompiledRule draft, CompiledRule live) {
    return draft.asksCustomer() || (live != null && live.asksCustomer());
  }

  /** How long what has begun may take to matter. */
  Duration memory() {
    Duration memory = draft.memory();
    return live == null || live.memory().compareTo(memory) < 0 ? memory : live.memory();
  }
}
