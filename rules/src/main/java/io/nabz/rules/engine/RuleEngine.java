package io.nabz.rules.engine;

import io.nabz.model.Event;
import io.nabz.model.EventDecoder;
import io.nabz.rules.engine.Interests.Interest;
import io.nabz.rules.expression.Scope;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Runs rules over the events of customers, or of the crowds that rules across customers are about;
 * what is said of a customer here holds for a crowd too. It holds no state of its own: what it
 * remembers of a customer is in the {@link RuleState} that it is given. Not for several threads at
 * once.
 */
public final class RuleEngine {
  private static final int MAX_WAITING = 128;

  /** {@code watermarkMs} of those who know of none: nothing that waits for it goes on. */
  public static final long NO_WATERMARK = Long.MIN_VALUE;

  /** Up to so many sections are looked through; more are found by their rule's place. */
  private static final int FEW = 6;

  private final Matching matching = new Matching();
  private final StateCodec codec = new StateCodec();
  private final RuleCosts costs;
  private final Scope scope = new Scope();

  /** By number the conditions of which an event has been asked. */
  private boolean[] holds = {};

  /** Nobody's and empty: most events that a rule takes note of begin nothing. */
  private Section spare;

  public RuleEngine() {
    this(ManagementFactory.getThreadMXBean()::getCurrentThreadCpuTime);
  }

  /**
   * @param nanos by which the cost of rules is measured, nothing else rests on it; the processor's
   *     time and not the wall's, since a rule is not to blame for a busy machine
   */
  RuleEngine(LongSupplier nanos) {
    this.costs = new RuleCosts(nanos);
  }

  /**
   * Lets time pass up to the event, then matches it.
   *
   * @param watermarkMs up to when all events have come, in the customer's time
   * @return whether the state has changed
   */
  public boolean apply(RuleSet rules, RuleState state, Event event, long watermarkMs, Call call) {
    long timeMs = event.time().toEpochMilli();
    boolean changed = advance(rules, state, timeMs, NO_WATERMARK, call);
    Interests interests = rules.interests(event.type());
    if (interests.all().length == 0) {
      return changed;
    }
    List<Section> sections = sections(rules, state);
    costs.begin();
    holds = interests.test(scope.at(event, call.customer()), holds);
    boolean touched = false;
    for (Interest interest : interests.all()) {
      int taken = interest.taken(holds);
      int steps = interest.untested() | taken;
      if (steps == 0 && !interest.mindsAll()) {
        continue;
      }
      CompiledRule rule = interest.rule();
      Section section = find(rules, state, interest.slot());
      boolean known = section != null;
      if (!known) {
        if (rule.isHeld() || ((steps & 1) == 0 && !rule.waitsForWatermark())) {
          continue;
        }
        section = spare == null ? new Section(rule.key()) : spare.forRule(rule.key());
        spare = null;
      } else {
        SectionCodec.open(section);
      }
      boolean moved =
          rule.waitsForWatermark() && timeMs > watermarkMs
              ? await(section, event, call)
              : matching.event(rule, section, event, steps, taken, call);
      costs.met(rule);
      if (moved) {
        touched |= known || !section.isEmpty();
        section.dueMs = due(rule, section);
        section.touched();
        if (!known && !section.isEmpty()) {
          insert(sections, section);
          if (state.slots != null) {
            state.slots[interest.slot()] = section;
          }
        }
      } else if (!known) {
        spare = section;
      }
    }
    costs.end();
    if (touched) {
      state.changed(codec);
    }
    return changed || touched;
  }

  /**
   * Lets time pass: absences happen, and what waited for the watermark is matched.
   *
   * @param toMs the customer's clock
   * @param watermarkMs up to when all events have come, in the customer's time
   * @return whether the state has changed
   */
  public boolean advance(RuleSet rules, RuleState state, long toMs, long watermarkMs, Call call) {
    if (state.dueMs() > Math.max(toMs, watermarkMs)) {
      return false;
    }
    List<Section> sections = sections(rules, state);
    boolean changed = false;
    for (Section section : sections) {
      CompiledRule rule = rules.byKey(section.key());
      long until = rule.waitsForWatermark() ? watermarkMs : toMs;
      if (section.dueMs > until) {
        continue;
      }
      SectionCodec.open(section);
      release(rule, section, until, call);
      matching.time(rule, section, until, call);
      section.dueMs = due(rule, section);
      section.touched();
      changed = true;
    }
    long before = state.dueMs();
    if (changed) {
      state.changed(codec);
    } else {
      state.lookedThrough();
    }
    return changed || state.dueMs() != before;
  }

  /** Matches what has waited, in order of time, with the absences that fall between. */
  private void release(CompiledRule rule, Section section, long watermarkMs, Call call) {
    while (!section.waiting.isEmpty() && section.waiting.get(0).timeMs() <= watermarkMs) {
      Waiting next = section.waiting.remove(0);
      matching.time(rule, section, next.timeMs(), call);
      Event event = EventDecoder.trusted(next.event());
      Call then = call.at(Instant.ofEpochMilli(next.receivedAtMs()));
      matching.event(rule, section, event, rule.steps(event.type()), 0, then);
    }
  }

  private static boolean await(Section section, Event event, Call call) {
    long timeMs = event.time().toEpochMilli();
    int at = section.waiting.size();
    while (at > 0 && section.waiting.get(at - 1).timeMs() > timeMs) {
      at--;
    }
    long receivedAtMs = call.receivedAt() == null ? timeMs : call.receivedAt().toEpochMilli();
    section.ownWaiting().add(at, new Waiting(timeMs, receivedAtMs, event.toBytes()));
    if (section.waiting.size() > MAX_WAITING) {
      section.waiting.remove(0);
    }
    return true;
  }

  /** The sections of rules that there are, in order of their keys; others are dropped here. */
  private static List<Section> sections(RuleSet rules, RuleState state) {
    List<Section> sections = state.sections();
    if (state.rules != rules) {
      state.rules = rules;
      state.slots = sections.size() > FEW ? rules.slots(sections) : null;
      if (state.slots == null) {
        sections.removeIf(section -> rules.byKey(section.key()) == null);
      }
    }
    return sections;
  }

  private static Section find(RuleSet rules, RuleState state, int slot) {
    List<Section> sections = state.sections();
    if (state.slots == null && sections.size() > FEW) {
      state.slots = rules.slots(sections);
    }
    if (state.slots != null) {
      Section section = state.slots[slot];
      return section == null || section.isEmpty() ? null : section;
    }
    long key = rules.rules().get(slot).key();
    for (int i = 0; i < sections.size(); i++) {
      if (sections.get(i).key() == key) {
        return sections.get(i);
      }
    }
    return null;
  }

  private static void insert(List<Section> sections, Section section) {
    int at = sections.size();
    while (at > 0 && sections.get(at - 1).key() > section.key()) {
      at--;
    }
    sections.add(at, section);
  }

  private static long due(CompiledRule rule, Section section) {
    long due = Matching.nextAbsence(rule, section);
    return section.waiting.isEmpty() ? due : Math.min(due, section.waiting.get(0).timeMs());
  }
}
