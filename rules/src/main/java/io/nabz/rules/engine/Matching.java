package io.nabz.rules.engine;

import io.nabz.model.AlertState;
import io.nabz.model.Event;
import io.nabz.model.StableHash;
import io.nabz.rules.expression.Condition;
import io.nabz.rules.expression.Scope;
import io.nabz.rules.language.Aggregate;
import io.nabz.rules.language.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * One rule meets one event, or the passing of time, of one customer. An event older than the newest
 * one of a match under way does not concern that match: it can neither go on with it nor disturb
 * it, but for what must not have come before.
 */
final class Matching {
  static final int MAX_PARTIALS = 64;
  static final int MAX_EVENTS = 60;
  static final int MAX_TOLD = 8;
  private static final int MAX_BY = 128;

  /** How long a match may still be continued by events that come late, in time of the stream. */
  static final Duration GRACE = Duration.ofMinutes(1);

  /** How long a late event may disprove what was told. */
  static final Duration DISPROVABLE = Duration.ofHours(24);

  private static final long GRACE_MS = GRACE.toMillis();
  private static final long DISPROVABLE_MS = DISPROVABLE.toMillis();

  private static final byte UNKNOWN = 2;

  private final Scope scope = new Scope();
  private final byte[] holds = new byte[16];
  private final List<Edge> takes = new ArrayList<>();
  private final List<Edge> ignores = new ArrayList<>();
  private final List<Partial> matches = new ArrayList<>();

  private CompiledRule rule;
  private Section section;
  private Call call;
  private Event event;
  private int steps;
  private long timeMs;
  private String by;
  private Seen seen;
  private boolean changed;

  /** The event that rules met last, as they all keep it. */
  private Event occurred;

  private Occurrence occurrence;

  /** Begins with a rule and what it remembers. */
  private void begin(CompiledRule newRule, Section newSection, Call newCall) {
    rule = newRule;
    section = newSection;
    call = newCall;
    changed = false;
    seen = null;
    matches.clear();
  }

  /**
   * @param taking the steps that may take the event, as bits
   * @param taken those among them of which it is known that they do
   * @return whether the section is not what it was
   */
  boolean event(
      CompiledRule newRule,
      Section newSection,
      Event newEvent,
      int taking,
      int taken,
      Call newCall) {
    begin(newRule, newSection, newCall);
    event = newEvent;
    steps = taking;
    timeMs = event.time().toEpochMilli();
    scope.begin().at(event, call.customer());
    by = null;
    // A crowd is of one value anyway, so that none of what is kept need say which.
    if (rule.by() != null && call.crowd() == null) {
      String value = rule.by().text(scope);
      if (value == null) {
        return false;
      }
      by = bounded(value);
    }
    Arrays.fill(holds, UNKNOWN);
    for (int rest = taken; rest != 0; rest &= rest - 1) {
      holds[Integer.numberOfTrailingZeros(rest)] = 1;
    }
    aggregate();
    disprove();
    move();
    if (!matches.isEmpty()) {
      settle();
    }
    if (changed) {
      section.newestMs = Math.max(section.newestMs, timeMs);
      expire();
    }
    if (scope.isOverBudget()) {
      rule.health().wentOverBudget();
    }
    return changed;
  }

  static String bounded(String value) {
    return value.length() > MAX_BY ? value.substring(0, MAX_BY) : value;
  }

  /** Lets absences happen up to that moment; true when any did. */
  boolean time(CompiledRule newRule, Section newSection, long toMs, Call newCall) {
    begin(newRule, newSection, newCall);
    event = null;
    for (Partial next = nextAbsence(); next != null; next = nextAbsence()) {
      long atMs = next.first().timeMs() + rule.withinMs();
      if (atMs > toMs) {
        break;
      }
      changed = true;
      section.partials.remove(next);
      scope.at(null, call.customer()).after(next.last()::newestOf);
      if (rule.condition() == null || rule.condition().holds(scope)) {
        tell(next, atMs);
        Skip.after(rule.rule().afterMatch(), section.partials, next, next.last().seen().seq());
      }
    }
    return changed;
  }

  /** When the next absence happens, or {@link RuleState#NEVER}. */
  static long nextAbsence(CompiledRule rule, Section section) {
    long next = RuleState.NEVER;
    for (Partial partial : section.partials) {
      if (rule.automaton().isAbsence(partial.place())) {
        next = Math.min(next, partial.first().timeMs() + rule.withinMs());
      }
    }
    return next;
  }

  private Partial nextAbsence() {
    Partial next = null;
    for (Partial partial : section.partials) {
      if (rule.automaton().isAbsence(partial.place())
          && (next == null || Skip.SOONEST.compare(partial, next) < 0)) {
        next = partial;
      }
    }
    return next;
  }

  private void aggregate() {
    if (!rule.hasAggregates()) {
      return;
    }
    for (int i = 0; i < rule.rule().pattern().size(); i++) {
      Aggregate aggregate = rule.rule().pattern().get(i).aggregate();
      if (aggregate == null || (steps & 1 << i) == 0) {
        continue;
      }
      holds[i] = 0;
      Condition where = rule.where(i);
      double value = Window.value(aggregate, rule.figure(i), scope);
      if ((where == null || where.holds(scope)) && !Double.isNaN(value)) {
        Entry entry = new Entry(i, by, value, seen());
        long newest = Math.max(section.newestMs, timeMs);
        holds[i] = (byte) (Window.add(section.ownEntries(), entry, aggregate, newest) ? 1 : 0);
        if (call.crowd() != null && aggregate.function() == Aggregate.Function.DISTINCT) {
          Window.keepNewestOfValue(section.entries, entry, aggregate);
        }
        changed = true;
      }
    }
  }

  /** Takes back what was told if this event, come late, says that it was not so. */
  private void disprove() {
    if (section.told.isEmpty()) {
      return;
    }
    for (int t = section.told.size() - 1; t >= 0; t--) {
      Told told = section.told.get(t);
      if (!Objects.equals(told.by(), by) || !isDisproved(told)) {
        continue;
      }
      section.told.remove(t);
      if (section.lastToldMs == told.atMs()) {
        section.lastToldMs = Section.NEVER_TOLD;
      }
      changed = true;
      see(told.last(), told.by());
      call.alerts()
          .accept(
              Alerts.of(
                  rule,
                  told.alertId(),
                  AlertState.RETRACTED,
                  told.last(),
                  List.of(),
                  call.receivedAt(),
                  told.atMs(),
                  scope,
                  call));
    }
    scope.at(event, call.customer());
  }

  private boolean isDisproved(Told told) {
    List<Step> pattern = rule.rule().pattern();
    for (int i = 0; i < pattern.size(); i++) {
      if (!pattern.get(i).not() || !holds(i, told.last())) {
        continue;
      }
      if (i == pattern.size() - 1) {
        if (timeMs >= told.last().seen().timeMs() && timeMs < told.atMs()) {
          return true;
        }
      } else if (Skip.liesBetween(told.last(), i, timeMs)) {
        return true;
      }
    }
    return false;
  }

  private void move() {
    List<Partial> next = null;
    List<Partial> before = section.partials;
    for (int i = 0; i < before.size(); i++) {
      Partial partial = before.get(i);
      boolean concerned =
          timeMs >= partial.last().seen().timeMs()
              && timeMs - partial.first().timeMs() < rule.withinMs()
              && Objects.equals(partial.by(), by);
      if (!concerned || rests(partial)) {
        if (next != null) {
          next.add(partial);
        }
        continue;
      }
      if (next == null) {
        next = upTo(before, i);
      }
      branch(partial, next);
    }
    if ((steps & 1) != 0 && holds(0, null)) {
      next = next == null ? upTo(before, before.size()) : next;
      for (Edge edge : rule.automaton().edges(rule.automaton().start())) {
        if (edge.kind() == Edge.Kind.TAKE) {
          arrive(new Partial(edge.target(), by, seen(), new Link(null, edge.step(), seen())), next);
        }
      }
    }
    if (next != null) {
      changed = true;
      if (next.size() > MAX_PARTIALS) {
        rule.health().gaveUp(next.size() - MAX_PARTIALS);
        next.subList(0, next.size() - MAX_PARTIALS).clear();
      }
      section.partials = next;
    }
  }

  /** With room for one more, since mostly one is added. */
  private static List<Partial> upTo(List<Partial> before, int end) {
    List<Partial> some = new ArrayList<>(before.size() + 1);
    for (int i = 0; i < end; i++) {
      some.add(before.get(i));
    }
    return some;
  }

  /** Whether the event leaves the match just as it is; fills the ways on otherwise. */
  private boolean rests(Partial partial) {
    takes.clear();
    ignores.clear();
    boolean stopped = !walk(partial.place(), partial.last());
    if (stopped) {
      takes.clear();
      ignores.clear();
      return false;
    }
    return takes.isEmpty() && ignores.size() == 1 && ignores.get(0).target() == partial.place();
  }

  private boolean walk(int place, Link past) {
    for (Edge edge : rule.automaton().edges(place)) {
      if (edge.guard() != Edge.ALWAYS && holds(edge.guard(), past) == edge.negated()) {
        continue;
      }
      switch (edge.kind()) {
        case STOP -> {
          return false;
        }
        case PROCEED -> {
          if (edge.target() != Automaton.FINAL && !walk(edge.target(), past)) {
            return false;
          }
        }
        case TAKE -> takes.add(edge);
        case IGNORE -> ignores.add(edge);
      }
    }
    return true;
  }

  private void branch(Partial partial, List<Partial> next) {
    for (Edge edge : ignores) {
      next.add(partial.at(edge.target()));
    }
    boolean full = partial.last().size() >= MAX_EVENTS;
    if (full && !takes.isEmpty() && ignores.isEmpty()) {
      next.add(partial);
    }
    for (Edge edge : takes) {
      if (!full) {
        Link link = new Link(partial.last(), edge.step(), seen());
        arrive(new Partial(edge.target(), by, partial.first(), link), next);
      }
    }
  }

  private void arrive(Partial partial, List<Partial> next) {
    if (rule.automaton().isComplete(partial.place())) {
      matches.add(partial);
    }
    if (partial.place() != Automaton.FINAL) {
      next.add(partial);
    }
  }

  /** Of the matches that this event completes, those that count are told. */
  private void settle() {
    if (rule.condition() != null) {
      matches.removeIf(
          match ->
              !rule.condition()
                  .holds(scope.at(event, call.customer()).after(match.last()::newestOf)));
    }
    for (Partial match : Skip.choose(rule.rule().afterMatch(), matches)) {
      tell(match, timeMs);
      Skip.after(rule.rule().afterMatch(), section.partials, match, seen().seq());
    }
  }

  private void tell(Partial match, long atMs) {
    List<Entry> further = further(match);
    long cooldownMs = rule.rule().cooldown().toMillis();
    if (cooldownMs > 0
        && section.lastToldMs != Section.NEVER_TOLD
        && Math.abs(atMs - section.lastToldMs) < cooldownMs) {
      rule.health().cooledDown();
      return;
    }
    String id = Alerts.id(rule.rule(), call, match.last(), atMs);
    see(match.last(), match.by());
    call.alerts()
        .accept(
            Alerts.of(
                rule,
                id,
                AlertState.OPEN,
                match.last(),
                further,
                event == null ? null : call.receivedAt(),
                atMs,
                scope,
                call));
    rule.health().matched();
    changed = true;
    if (cooldownMs > 0) {
      section.lastToldMs = atMs;
    }
    if (rule.hasNots()) {
      section.tell(new Told(id, atMs, match.by(), match.last()));
      if (section.told.size() > MAX_TOLD) {
        section.told.remove(0);
      }
    }
  }

  /** For the words of an alert. */
  private void see(Link match, String common) {
    scope
        .at(event, call.customer())
        .after(match::newestOf)
        .by(call.crowd() == null ? common : call.crowd().value());
  }

  /** The events of the window that brought an aggregate to its threshold; these are used up. */
  private List<Entry> further(Partial match) {
    int step = match.last().step();
    if (rule.rule().pattern().get(step).aggregate() == null) {
      return List.of();
    }
    List<Entry> own = Window.of(section.entries, new Entry(step, match.by(), 0, null));
    Skip.useUp(rule.rule().afterMatch(), section.entries, own);
    return own;
  }

  private void expire() {
    long newest = section.newestMs;
    for (int i = section.partials.size() - 1; i >= 0; i--) {
      Partial partial = section.partials.get(i);
      if (!rule.automaton().isAbsence(partial.place())
          && newest - partial.first().timeMs() - GRACE_MS >= rule.withinMs()) {
        section.partials.remove(i);
      }
    }
    if (!section.told.isEmpty()) {
      section.told.removeIf(told -> newest - told.atMs() > DISPROVABLE_MS);
    }
    if (section.lastToldMs != Section.NEVER_TOLD
        && newest - section.lastToldMs > rule.rule().cooldown().toMillis()) {
      section.lastToldMs = Section.NEVER_TOLD;
    }
  }

  private boolean holds(int step, Link past) {
    if (holds[step] != UNKNOWN) {
      return holds[step] == 1;
    }
    if ((steps & 1 << step) == 0) {
      holds[step] = 0;
      return false;
    }
    Condition where = rule.where(step);
    if (where != null && where.asksSteps()) {
      return past != null && where.holds(scope.at(event, call.customer()).after(past::newestOf));
    }
    holds[step] = (byte) (where == null || where.holds(scope.at(event, call.customer())) ? 1 : 0);
    return holds[step] == 1;
  }

  /** The same for all rules that take the event. */
  private Occurrence occurrence() {
    if (occurred != event) {
      occurred = event;
      long hash = StableHash.pair(event.source(), event.id());
      occurrence = new Occurrence(event.type(), timeMs, hash, event.id());
    }
    return occurrence;
  }

  private Seen seen() {
    if (seen == null) {
      seen = new Seen(section.nextSeq++, occurrence(), rule.kept(event, call.customer()));
    }
    return seen;
  }
}
