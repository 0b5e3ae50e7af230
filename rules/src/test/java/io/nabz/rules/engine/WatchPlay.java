package io.nabz.rules.engine;

import io.nabz.model.Alert;
import io.nabz.model.AlertState;
import io.nabz.rules.language.Across;
import io.nabz.rules.watch.Deviations;
import io.nabz.rules.watch.QueuePast;
import io.nabz.rules.watch.QueueQuarter;
import io.nabz.rules.watch.Silences;
import io.nabz.rules.watch.SourceLife;
import io.nabz.testkit.Events;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A source or a queue under a rule that watches, in a test. */
public final class WatchPlay {
  public final List<Alert> alerts = new ArrayList<>();
  public final SourceLife life = new SourceLife();
  public final QueuePast past = new QueuePast();

  private static final long QUARTER_MS = Duration.ofMinutes(15).toMillis();
  private static final long START_MS = Events.START.toEpochMilli();

  private final List<CompiledRule> rules;
  private final boolean ofSources;

  public WatchPlay(CompiledRule rule) {
    rules = List.of(rule);
    ofSources = rule.rule().across() == Across.SOURCES;
  }

  public static WatchPlay of(String yaml) {
    return new WatchPlay(Play.compile(yaml));
  }

  /** The source is heard of so many minutes after the start. */
  public WatchPlay heard(int... minutes) {
    for (int minute : minutes) {
      heard(Duration.ofMinutes(minute));
    }
    return this;
  }

  public WatchPlay heard(Duration sinceStart) {
    silences().heard(START_MS + sinceStart.toMillis());
    return this;
  }

  /** The clock goes on to so many minutes after the start. */
  public WatchPlay until(int minute) {
    return until(Duration.ofMinutes(minute));
  }

  public WatchPlay until(Duration sinceStart) {
    long clockMs = START_MS + sinceStart.toMillis();
    if (ofSources) {
      silences().judge(clockMs);
    } else {
      deviations().judge(clockMs);
    }
    return this;
  }

  /** The n-th quarter of an hour is summed up. */
  public WatchPlay quarter(int n, long contacts, long abandoned, double sentiment) {
    QueueQuarter quarter = new QueueQuarter();
    quarter.startMs = START_MS + n * QUARTER_MS;
    quarter.endMs = quarter.startMs + QUARTER_MS;
    quarter.offered = contacts;
    quarter.abandoned = abandoned;
    quarter.sentiments = contacts;
    quarter.sentimentSum = Math.round(sentiment * 10_000 * contacts);
    deviations().add(quarter);
    return this;
  }

  /** The clock goes on to where the n-th quarter has settled. */
  public WatchPlay settle(int n) {
    return until(Duration.ofMillis((n + 1) * QUARTER_MS).plus(Deviations.SETTLE));
  }

  public List<String> ids(AlertState state) {
    return alerts.stream().filter(a -> a.state() == state).map(Alert::alertId).toList();
  }

  public List<String> open() {
    return ids(AlertState.OPEN);
  }

  private Silences silences() {
    CrowdKey key = CrowdKey.ofSource("default", "/pbx/tehran");
    return new Silences(rules, key, life, Instant.EPOCH, alerts::add);
  }

  private Deviations deviations() {
    CrowdKey key = CrowdKey.ofQueue("default", "billing");
    return new Deviations(rules, key, past, Instant.EPOCH, alerts::add);
  }
}
