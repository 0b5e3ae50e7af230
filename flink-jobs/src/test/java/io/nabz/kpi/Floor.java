package io.nabz.kpi;

import io.nabz.model.CustomerResolver;
import io.nabz.model.Event;
import io.nabz.model.IdentifierNormaliser;
import io.nabz.model.KpiFigures;
import io.nabz.model.KpiInterval;
import io.nabz.model.KpiKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** The whole of the counting in memory, without a stream around it. */
final class Floor {
  private final KpiPolicy policy;
  private final CustomerResolver resolver = new CustomerResolver(new IdentifierNormaliser("IR"));
  private final Map<String, Subject> subjects = new HashMap<>();
  private final Map<SubjectKind, SubjectLogic<Subject>> logics = new HashMap<>();
  private final PaneBatch batch;
  private final Map<String, PaneState> panes = new TreeMap<>();

  Floor() {
    this(KpiPolicy.DEFAULT);
  }

  @SuppressWarnings("unchecked")
  Floor(KpiPolicy policy) {
    this.policy = policy;
    this.batch = new PaneBatch(policy.zone());
    for (SubjectKind kind : SubjectKind.values()) {
      logics.put(
          kind, new SubjectLogic<>((Life<Subject>) SubjectLogic.lifeOf(kind, policy), batch::add));
    }
  }

  Floor take(Event... events) {
    for (Event event : events) {
      var facts = Facts.of(event, resolver.resolve(event));
      if (facts != null) {
        facts.forEach(this::take);
      }
    }
    return this;
  }

  void take(Fact fact) {
    subjects.put(
        fact.subject,
        logics.get(SubjectKind.of(fact.subject)).apply(subjects.get(fact.subject), fact));
  }

  Floor clock(Instant now) {
    subjects.forEach(
        (key, subject) -> logics.get(SubjectKind.of(key)).advance(subject, now.toEpochMilli()));
    return this;
  }

  private void settle() {
    batch
        .drain()
        .forEach(delta -> panes.computeIfAbsent(delta.pane, pane -> new PaneState()).add(delta));
  }

  KpiFigures now(String dimension) {
    return figures(new KpiKey("default", dimension, KpiInterval.NOW, null));
  }

  KpiFigures at(String dimension, KpiInterval interval, Instant moment) {
    long start = interval.startOf(moment.toEpochMilli(), policy.zone());
    return figures(new KpiKey("default", dimension, interval, Instant.ofEpochMilli(start)));
  }

  private KpiFigures figures(KpiKey key) {
    settle();
    return PaneView.of(key, panes.getOrDefault(key.toString(), new PaneState()), policy);
  }

  /** All figures in which anything is, by key, without their versions. */
  Map<String, String> all() {
    settle();
    Map<String, String> all = new TreeMap<>();
    panes.forEach(
        (key, pane) -> {
          if (!pane.isZero()) {
            long version = pane.version;
            pane.version = 0;
            all.put(key, io.nabz.model.Json.string(PaneView.of(KpiKey.parse(key), pane, policy)));
            pane.version = version;
          }
        });
    return all;
  }

  static Duration seconds(int seconds) {
    return Duration.ofSeconds(seconds);
  }
}
