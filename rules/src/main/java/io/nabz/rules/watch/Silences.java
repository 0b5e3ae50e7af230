package io.nabz.rules.watch;

import io.nabz.model.Alert;
import io.nabz.model.AlertState;
import io.nabz.rules.engine.CompiledRule;
import io.nabz.rules.engine.CrowdKey;
import io.nabz.rules.engine.WatchAlert;
import io.nabz.rules.language.Watch;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Whether a source has fallen silent. It is decided by the clock and by the moments at which the
 * source was heard of, whatever the order in which these came: a pause is a silence once the clock
 * has passed its end, so a replay that reads ahead of its clock finds the same. What comes late
 * from within a silence that was told disproves it.
 */
public final class Silences {
  /** Moments no further apart are one stretch; no rule asks for shorter silences. */
  private static final long ONE_STRETCH_MS = Duration.ofMinutes(1).toMillis();

  /** Longer than any rule looks back: {@code heardFor} and {@code silentFor} of a day each. */
  private static final long KEPT_MS = Duration.ofDays(3).toMillis();

  private static final int MAX_STRETCHES = 64;
  private static final int MAX_TOLD = 32;

  private final List<CompiledRule> rules;
  private final CrowdKey key;
  private final SourceLife life;
  private final Instant detectedAt;
  private final Consumer<Alert> alerts;

  /**
   * @param rules that watch sources
   * @param detectedAt the wall clock; goes into alerts and nowhere else
   * @param alerts is told each alert, open or retracted
   */
  public Silences(
      List<CompiledRule> rules,
      CrowdKey key,
      SourceLife life,
      Instant detectedAt,
      Consumer<Alert> alerts) {
    this.rules = rules;
    this.key = key;
    this.life = life;
    this.detectedAt = detectedAt;
    this.alerts = alerts;
  }

  /** The source was heard of at that moment; the same moment may be said any number of times. */
  public void heard(long atMs) {
    int count = life.from.length;
    int first = 0;
    while (first < count && life.to[first] + ONE_STRETCH_MS < atMs) {
      first++;
    }
    int next = first;
    long from = atMs;
    long to = atMs;
    while (next < count && life.from[next] - ONE_STRETCH_MS <= atMs) {
      from = Math.min(from, life.from[next]);
      to = Math.max(to, life.to[next]);
      next++;
    }
    life.from = with(life.from, first, next, from);
    life.to = with(life.to, first, next, to);
    while (life.from.length > MAX_STRETCHES) {
      int shortest = shortestPause();
      life.from = with(life.from, shortest, shortest + 2, life.from[shortest]);
      life.to = with(life.to, shortest, shortest + 2, life.to[shortest + 1]);
    }
    disprove(atMs);
  }

  /** Of one that stammers the shortest pauses are not kept; they are no silences. */
  private int shortestPause() {
    int shortest = 0;
    for (int i = 1; i + 1 < life.from.length; i++) {
      if (life.from[i + 1] - life.to[i] < life.from[shortest + 1] - life.to[shortest]) {
        shortest = i;
      }
    }
    return shortest;
  }

  private static long[] with(long[] of, int first, int next, long one) {
    long[] changed = new long[of.length - (next - first) + 1];
    System.arraycopy(of, 0, changed, 0, first);
    changed[first] = one;
    System.arraycopy(of, next, changed, first + 1, of.length - next);
    return changed;
  }

  private void disprove(long atMs) {
    for (int i = life.told.size() - 1; i >= 0; i--) {
      ToldWatch told = life.told.get(i);
      if (told.turnMs >= atMs || atMs > told.atMs) {
        continue;
      }
      life.told.remove(i);
      // What is left of the pause may still be a silence.
      life.judgedMs = Math.min(life.judgedMs, told.atMs);
      for (CompiledRule rule : rules) {
        if (rule.rule().id().equals(told.ruleId) && rule.rule().version() == told.version) {
          alerts.accept(alert(rule, AlertState.RETRACTED, told.turnMs, told.atMs));
        }
      }
    }
  }

  /** Tells of the silences that the clock has passed since it was last asked. */
  public void judge(long clockMs) {
    if (clockMs <= life.judgedMs) {
      return;
    }
    for (CompiledRule rule : rules) {
      Watch.Silence watch = watch(rule);
      for (int i = 0; i < life.to.length; i++) {
        long due = due(watch, i);
        if (due > life.judgedMs && due <= clockMs) {
          tell(rule, life.to[i], due);
        }
      }
    }
    life.judgedMs = clockMs;
    forget();
  }

  private void tell(CompiledRule rule, long sinceMs, long dueMs) {
    String id = rule.rule().id();
    long cooldownMs = rule.rule().cooldown().toMillis();
    for (ToldWatch told : life.told) {
      boolean same = told.turnMs == sinceMs;
      if (told.ruleId.equals(id) && (same || dueMs - told.atMs < cooldownMs)) {
        if (!same) {
          rule.health().cooledDown();
        }
        return;
      }
    }
    life.told.add(new ToldWatch(id, rule.rule().version(), sinceMs, dueMs));
    if (life.told.size() > MAX_TOLD) {
      life.told.remove(0);
    }
    alerts.accept(alert(rule, AlertState.OPEN, sinceMs, dueMs));
  }

  private Alert alert(CompiledRule rule, AlertState state, long sinceMs, long dueMs) {
    Map<String, ?> figures =
        Map.of(
            Watch.Silence.MINUTES,
            (double) watch(rule).silentFor().toMinutes(),
            Watch.Silence.SINCE,
            Instant.ofEpochMilli(sinceMs));
    return WatchAlert.of(rule, key, sinceMs, state, dueMs, figures, detectedAt);
  }

  /** When the pause after that stretch is a silence, or {@link SourceLife#NEVER} if it is none. */
  private long due(Watch.Silence watch, int stretch) {
    long silentMs = watch.silentFor().toMillis();
    long due = life.to[stretch] + silentMs;
    boolean goesOn = stretch + 1 < life.from.length && life.from[stretch + 1] <= due;
    if (goesOn) {
      return SourceLife.NEVER;
    }
    int begun = stretch;
    while (begun > 0 && life.from[begun] - life.to[begun - 1] <= silentMs) {
      begun--;
    }
    boolean wasHeard = life.to[stretch] - life.from[begun] >= watch.heardFor().toMillis();
    return wasHeard ? due : SourceLife.NEVER;
  }

  /** When the clock next has something to judge, or {@link SourceLife#NEVER}. */
  public long nextDue() {
    long next = SourceLife.NEVER;
    for (CompiledRule rule : rules) {
      Watch.Silence watch = watch(rule);
      for (int i = 0; i < life.to.length; i++) {
        long due = due(watch, i);
        if (due > life.judgedMs) {
          next = Math.min(next, due);
        }
      }
    }
    return next;
  }

  /** From when on nothing of it matters any more. */
  public long forgottenAt() {
    long cooldownMs = 0;
    for (CompiledRule rule : rules) {
      cooldownMs = Math.max(cooldownMs, rule.rule().cooldown().toMillis());
    }
    return life.to.length == 0 ? 0 : life.to[life.to.length - 1] + KEPT_MS + cooldownMs;
  }

  private void forget() {
    int old = 0;
    while (old < life.to.length - 1 && life.to[old] < life.judgedMs - KEPT_MS) {
      old++;
    }
    if (old > 0) {
      life.from = Arrays.copyOfRange(life.from, old, life.from.length);
      life.to = Arrays.copyOfRange(life.to, old, life.to.length);
    }
    life.told.removeIf(told -> told.atMs < life.judgedMs - KEPT_MS - told.cooldownMs(rules));
  }

  private static Watch.Silence watch(CompiledRule rule) {
    return (Watch.Silence) rule.rule().watch();
  }
}
