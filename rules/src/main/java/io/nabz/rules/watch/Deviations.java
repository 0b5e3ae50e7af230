package io.nabz.rules.watch;

import io.nabz.model.Alert;
import io.nabz.model.AlertState;
import io.nabz.rules.engine.CompiledRule;
import io.nabz.rules.engine.CrowdKey;
import io.nabz.rules.engine.WatchAlert;
import io.nabz.rules.language.Watch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Whether a queue is out of line with its own past. Each quarter of an hour is judged once, in the
 * order of their times, when it is over and most of its contacts have come to their end; what comes
 * later changes the figures on the wallboard and not what was told.
 */
public final class Deviations {
  /** How long after its end a quarter is summed up. */
  public static final Duration SETTLE = Duration.ofMinutes(5);

  private static final long KEPT_MS = Duration.ofDays(7).toMillis();
  private static final int MAX_QUARTERS = 700;

  private final List<CompiledRule> rules;
  private final CrowdKey key;
  private final QueuePast past;
  private final Instant detectedAt;
  private final Consumer<Alert> alerts;

  /**
   * @param rules that watch queues
   * @param detectedAt the wall clock; goes into alerts and nowhere else
   */
  public Deviations(
      List<CompiledRule> rules,
      CrowdKey key,
      QueuePast past,
      Instant detectedAt,
      Consumer<Alert> alerts) {
    this.rules = rules;
    this.key = key;
    this.past = past;
    this.detectedAt = detectedAt;
    this.alerts = alerts;
  }

  /**
   * Takes a quarter's sums; a repeated one, or one before what has been judged, changes nothing.
   */
  public void add(QueueQuarter quarter) {
    List<QueueQuarter> quarters = past.quarters;
    int at = quarters.size();
    while (at > 0 && quarters.get(at - 1).startMs > quarter.startMs) {
      at--;
    }
    boolean repeated = at > 0 && quarters.get(at - 1).startMs == quarter.startMs;
    if (quarter.startMs <= past.judgedMs || repeated) {
      return;
    }
    quarters.add(at, quarter);
    if (quarters.size() > MAX_QUARTERS) {
      quarters.remove(0);
    }
  }

  /** Judges the quarters that have settled by the clock. */
  public void judge(long clockMs) {
    for (int i = 0; i < past.quarters.size(); i++) {
      QueueQuarter quarter = past.quarters.get(i);
      if (quarter.startMs > past.judgedMs && settledAt(quarter) <= clockMs) {
        past.judgedMs = quarter.startMs;
        for (CompiledRule rule : rules) {
          judge(rule, quarter, past.quarters.subList(0, i));
        }
      }
    }
    if (past.judgedMs != Long.MIN_VALUE) {
      past.quarters.removeIf(quarter -> quarter.startMs < past.judgedMs - KEPT_MS);
      past.told.removeIf(told -> told.atMs + told.cooldownMs(rules) < past.judgedMs);
    }
  }

  private void judge(CompiledRule rule, QueueQuarter quarter, List<QueueQuarter> before) {
    Watch.Deviation watch = (Watch.Deviation) rule.rule().watch();
    Watch.Figure figure = watch.figure();
    long contacts = Usual.count(quarter, figure);
    if (contacts < watch.atLeast()) {
      return;
    }
    long oldest = quarter.startMs - watch.past().toMillis();
    Usual usual = Usual.of(before.stream().filter(one -> one.startMs >= oldest).toList(), figure);
    double value = Usual.value(quarter, figure);
    double limit = usual.limit(figure, watch.deviates(), contacts);
    double beyond = figure.isBadWhenHigh() ? value - limit : limit - value;
    boolean matters = Math.abs(value - usual.mean()) >= watch.differs();
    if (usual.quarters() >= watch.pastAtLeast() && beyond > 0 && matters) {
      tell(rule, quarter, contacts, value, usual, limit);
    }
  }

  private void tell(
      CompiledRule rule,
      QueueQuarter quarter,
      long contacts,
      double value,
      Usual usual,
      double limit) {
    String id = rule.rule().id();
    for (ToldWatch told : past.told) {
      if (told.ruleId.equals(id) && quarter.endMs - told.atMs < rule.rule().cooldown().toMillis()) {
        rule.health().cooledDown();
        return;
      }
    }
    past.told.removeIf(told -> told.ruleId.equals(id));
    past.told.add(new ToldWatch(id, rule.rule().version(), quarter.startMs, quarter.endMs));
    Watch.Figure figure = ((Watch.Deviation) rule.rule().watch()).figure();
    Map<String, ?> figures =
        Map.of(
            Watch.Deviation.VALUE, shown(figure, value),
            Watch.Deviation.USUAL, shown(figure, usual.mean()),
            Watch.Deviation.LIMIT, shown(figure, limit),
            Watch.Deviation.CONTACTS, (double) contacts,
            Watch.Deviation.QUARTERS, (double) usual.quarters());
    alerts.accept(
        WatchAlert.of(
            rule, key, quarter.startMs, AlertState.OPEN, quarter.endMs, figures, detectedAt));
  }

  /** A share as whole percents, a sentiment with two decimals. */
  private static double shown(Watch.Figure figure, double value) {
    return figure == Watch.Figure.SENTIMENT
        ? Math.rint(100 * Math.max(-1, value)) / 100
        : Math.rint(100 * Math.min(1, value));
  }

  /** When the clock next has something to judge, or {@link SourceLife#NEVER}. */
  public long nextDue() {
    for (QueueQuarter quarter : past.quarters) {
      if (quarter.startMs > past.judgedMs) {
        return settledAt(quarter);
      }
    }
    return SourceLife.NEVER;
  }

  /** From when on nothing of it matters any more. */
  public long forgottenAt() {
    long forgotten = 0;
    for (QueueQuarter quarter : past.quarters) {
      forgotten = Math.max(forgotten, settledAt(quarter) + KEPT_MS);
    }
    for (ToldWatch told : past.told) {
      forgotten = Math.max(forgotten, told.atMs + told.cooldownMs(rules));
    }
    return forgotten;
  }

  private static long settledAt(QueueQuarter quarter) {
    return quarter.endMs + SETTLE.toMillis();
  }
}
