package io.nabz.rules.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.nabz.model.Alert;
import io.nabz.rules.engine.UnderWay.Awaited;
import io.nabz.rules.engine.UnderWay.Match;
import io.nabz.rules.language.Aggregate;
import io.nabz.rules.language.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Puts what a section holds into words: the places of matches become what they wait for. */
final class UnderWayReader {
  private static final int MAX_MATCHES = 10;

  private final CompiledRule rule;
  private final Section section;
  private final long nowMs;

  private UnderWayReader(CompiledRule rule, Section section, long nowMs) {
    this.rule = rule;
    this.section = section;
    this.nowMs = nowMs;
  }

  /** In the order of the rules' ids. */
  static List<UnderWay> read(RuleSet rules, byte[] told, long nowMs) {
    List<UnderWay> all = new ArrayList<>();
    for (Section section : StateCodec.unpack(told)) {
      CompiledRule rule = rules.byKey(section.key());
      if (rule == null) {
        continue;
      }
      if (section.isNameOnly()) {
        all.add(of(rule, List.of(), -1));
        continue;
      }
      SectionCodec.open(section);
      List<Match> matches = new UnderWayReader(rule, section, nowMs).matches();
      if (!matches.isEmpty()) {
        int listed = Math.min(MAX_MATCHES, matches.size());
        all.add(of(rule, matches.subList(0, listed), matches.size() - listed));
      }
    }
    all.sort((a, b) -> a.ruleId().compareTo(b.ruleId()));
    return all;
  }

  private static UnderWay of(CompiledRule compiled, List<Match> matches, int notListed) {
    var rule = compiled.rule();
    return new UnderWay(
        rule.id(),
        rule.version(),
        rule.name(),
        rule.audience(),
        rule.severity(),
        matches,
        notListed);
  }

  private List<Match> matches() {
    List<Match> matches = new ArrayList<>();
    for (Partial partial : section.partials) {
      if (nowMs - partial.first().timeMs() < rule.withinMs()) {
        matches.add(match(partial));
      }
    }
    matches.addAll(windows());
    matches.sort((a, b) -> b.since().compareTo(a.since()));
    return matches;
  }

  private Match match(Partial partial) {
    Map<Integer, Awaited> waitsFor = new LinkedHashMap<>();
    Map<Integer, Awaited> endedBy = new LinkedHashMap<>();
    Instant until =
        rule.rule().within() == null ? null : moment(partial.first()).plusMillis(rule.withinMs());
    walk(partial.place(), partial, waitsFor, endedBy);
    if (rule.automaton().isAbsence(partial.place())) {
      int last = rule.rule().pattern().size() - 1;
      waitsFor.put(last, awaited(UnderWay.Kind.ABSENCE, last, null, null, until));
    }
    List<Alert.Evidence> evidence = new ArrayList<>();
    for (Link link : partial.last().all()) {
      evidence.add(evidence(link.step(), link.seen()));
    }
    return new Match(
        moment(partial.first()),
        until,
        partial.by(),
        evidence,
        List.copyOf(waitsFor.values()),
        List.copyOf(endedBy.values()));
  }

  private void walk(
      int place, Partial partial, Map<Integer, Awaited> waitsFor, Map<Integer, Awaited> endedBy) {
    for (Edge edge : rule.automaton().edges(place)) {
      switch (edge.kind()) {
        case TAKE -> waitsFor.putIfAbsent(edge.step(), next(edge.step(), partial));
        case STOP ->
            endedBy.putIfAbsent(
                edge.guard(), awaited(UnderWay.Kind.EVENT, edge.guard(), null, null, null));
        case PROCEED -> {
          if (edge.target() != Automaton.FINAL) {
            walk(edge.target(), partial, waitsFor, endedBy);
          }
        }
        case IGNORE -> {
          // What is passed over brings nothing further.
        }
      }
    }
  }

  private Awaited next(int index, Partial partial) {
    Step step = rule.rule().pattern().get(index);
    if (step.aggregate() != null) {
      List<Entry> own = Window.of(section.entries, new Entry(index, partial.by(), 0, null));
      return awaited(UnderWay.Kind.EVENT, index, null, figure(own, step.aggregate()), null);
    }
    int taken = 0;
    for (Link link = partial.last(); link != null; link = link.before()) {
      taken += link.step() == index ? 1 : 0;
    }
    return awaited(UnderWay.Kind.EVENT, index, step.isSingle() ? null : taken, null, null);
  }

  /** What first steps count, correlation by correlation, as far as no match has begun with it. */
  private List<Match> windows() {
    Aggregate aggregate = rule.rule().pattern().get(0).aggregate();
    if (aggregate == null) {
      return List.of();
    }
    Map<Entry, Match> byCorrelation = new LinkedHashMap<>();
    for (Entry entry : section.entries) {
      if (entry.step() == 0
          && byCorrelation.keySet().stream().noneMatch(e -> Objects.equals(e.by(), entry.by()))) {
        Match match = window(Window.of(section.entries, entry), aggregate);
        if (match != null) {
          byCorrelation.put(entry, match);
        }
      }
    }
    Collection<Match> matches = byCorrelation.values();
    return List.copyOf(matches);
  }

  private Match window(List<Entry> own, Aggregate aggregate) {
    long afterMs = nowMs - aggregate.window().toMillis();
    List<Entry> inside = own.stream().filter(entry -> entry.seen().timeMs() > afterMs).toList();
    if (inside.isEmpty()) {
      return null;
    }
    Entry oldest = inside.get(0);
    return new Match(
        moment(oldest.seen()),
        moment(oldest.seen()).plus(aggregate.window()),
        oldest.by(),
        inside.stream().map(entry -> evidence(entry.step(), entry.seen())).toList(),
        List.of(awaited(UnderWay.Kind.EVENT, 0, null, figure(own, aggregate), null)),
        List.of());
  }

  private double figure(List<Entry> own, Aggregate aggregate) {
    return Window.figure(own, own.size() - 1, nowMs - aggregate.window().toMillis(), aggregate);
  }

  private Awaited awaited(UnderWay.Kind kind, int index, Integer taken, Double figure, Instant at) {
    Step step = rule.rule().pattern().get(index);
    JsonNode aggregate = rule.rule().source().at("/pattern/" + index + "/aggregate");
    return new Awaited(
        kind,
        step.as(),
        step.types(),
        step.where(),
        taken,
        taken == null ? null : step.times(),
        figure == null || aggregate.isMissingNode() ? null : aggregate,
        figure,
        at);
  }

  private Alert.Evidence evidence(int step, Seen seen) {
    return new Alert.Evidence(
        rule.rule().pattern().get(step).as(), seen.id(), seen.type(), moment(seen));
  }

  private static Instant moment(Seen seen) {
    return Instant.ofEpochMilli(seen.timeMs());
  }
}
