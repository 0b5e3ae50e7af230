package io.nabz.rules.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Measures what rules cost, on one event of so many. Reading the processor's time costs as much as
 * a rule does, so all rules that meet an event are measured together, and each on its own only
 * after an event has taken long.
 */
final class RuleCosts {
  private static final int MEASURED = 16;

  /** Less than what a rule may take has no need to be told apart. */
  private static final long LONG_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  /** So many measured events after one that took long are looked at closely. */
  private static final int CLOSELY = 256;

  private final LongSupplier nanos;
  private final List<RuleHealth> together = new ArrayList<>();
  private int untilMeasured = MEASURED;
  private int closely;
  private boolean measuring;
  private long fromNanos;
  private long lastNanos;

  RuleCosts(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** An event is about to meet its rules. */
  void begin() {
    measuring = --untilMeasured == 0;
    if (measuring) {
      untilMeasured = MEASURED;
      fromNanos = nanos.getAsLong();
      lastNanos = fromNanos;
    }
  }

  /** It has met that rule. */
  void met(CompiledRule rule) {
    if (!measuring) {
      return;
    }
    if (closely == 0) {
      together.add(rule.health());
      return;
    }
    long now = nanos.getAsLong();
    rule.health().spent(now - lastNanos, MEASURED);
    lastNanos = now;
  }

  /** It has met all. Whose it was that several took long together is not known. */
  void end() {
    if (!measuring) {
      return;
    }
    if (closely > 0) {
      closely = lastNanos - fromNanos > LONG_NANOS ? CLOSELY : closely - 1;
      return;
    }
    if (together.isEmpty()) {
      return;
    }
    long tookNanos = nanos.getAsLong() - fromNanos;
    if (tookNanos > LONG_NANOS) {
      closely = CLOSELY;
    } else {
      long share = tookNanos / together.size();
      together.forEach(health -> health.spent(share, MEASURED));
    }
    together.clear();
  }
}
