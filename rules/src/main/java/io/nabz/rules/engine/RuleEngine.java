package io.nabz.rules.engine;

import io.nabz.model.Event;
import io.nabz.model.EventDecoder;
import java.time.Instant;
import java.util.List;

/**
 * Runs rules over the events of customers. It holds no state of its own: what it remembers of a
 * customer is in the {@link RuleState} that it is given. Not for several threads at once.
 */
public final class RuleEngine {
  private static final int MAX_WAITING = 128;

  /** {@code watermarkMs} of those who know of none: nothing that waits for it goes on. */
  public static final long NO_WATERMARK = Long.MIN_VALUE;

  private final Matching matching = new Matching();

  /**
   * Lets time pass up to the event, then matches it.
   *
   * @param watermarkMs up to when all events have come, in the customer's time
   * @return whether the state has changed
   */
  public boolean apply(RuleSet rules, RuleState state, Event event, long watermarkMs, Call call) {
    long timeMs = event.time().toEpochMilli();
    boolean changed = advance(rules, state, timeMs, NO_WATERMARK, call);
    RuleSet.Interest[] interests = rules.interests(event.type());
    if (interests.length == 0) {
      return changed;
    }
    List<Section> sections = sections(rules, state);
    boolean touched = false;
    for (RuleSet.Interest interest : interests) {
      CompiledRule rule = interest.rule();
      Section section = find(sections, rule.key());
      boolean known = section != null;
      if (!known) {
        if ((interest.steps() & 1) == 0 && !rule.waitsForWatermark()) {
          continue;
        }
        section = new Section(rule.key());
      } else {
        StateCodec.open(section);
      }
      boolean moved =
          rule.waitsForWatermark() && timeMs > watermarkMs
              ? await(section, event, call)
              : matching.event(rule, section, event, interest.steps(), call);
      if (moved) {
        touched |= known || !section.isEmpty();
        section.dueMs = due(rule, section);
        section.touched();
        if (!known && !section.isEmpty()) {
          sections.add(section);
        }
      }
    }
    if (touched) {
      store(state, sections);
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
    if (state.dueMs > Math.max(toMs, watermarkMs)) {
      return false;
    }
    List<Section> sections = sections(rules, state);
    boolean changed = false;
    for (Section section : sections) {
      CompiledRule rule = rules.byKey(section.key);
      long until = rule.waitsForWatermark() ? watermarkMs : toMs;
      if (section.dueMs > until) {
        continue;
      }
      StateCodec.open(section);
      release(rule, section, until, call);
      matching.time(rule, section, until, call);
      section.dueMs = due(rule, section);
      section.touched();
      changed = true;
    }
    long before = state.dueMs;
    if (changed) {
      store(state, sections);
    } else {
      state.dueMs = due(sections);
    }
    return changed || state.dueMs != before;
  }

  /** The next moment, in the customer's time, at which {@link #advance} has something to do. */
  public long nextDue(RuleState state) {
    return state.dueMs;
  }

  /** Matches what has waited, in order of time, with the absences that fall between. */
  private void release(CompiledRule rule, Section section, long watermarkMs, Call call) {
    while (!section.waiting.isEmpty() && section.waiting.get(0).timeMs() <= watermarkMs) {
      Waiting next = section.waiting.remove(0);
      matching.time(rule, section, next.timeMs(), call);
      Event event = EventDecoder.trusted(next.event());
      Call then =
          new Call(
              call.key(),
              call.customer(),
              Instant.ofEpochMilli(next.receivedAtMs()),
              call.detectedAt(),
              call.alerts());
      matching.event(rule, section, event, rule.steps(event.type()), then);
    }
  }

  private static boolean await(Section section, Event event, Call call) {
    long timeMs = event.time().toEpochMilli();
    int at = section.waiting.size();
    while (at > 0 && section.waiting.get(at - 1).timeMs() > timeMs) {
      at--;
    }
    long receivedAtMs = call.receivedAt() == null ? timeMs : call.receivedAt().toEpochMilli();
    section.waiting.add(at, new Waiting(timeMs, receivedAtMs, event.toBytes()));
    if (section.waiting.size() > MAX_WAITING) {
      section.waiting.remove(0);
    }
    return true;
  }

  /** The sections of rules that there are; others are dropped here. */
  private static List<Section> sections(RuleSet rules, RuleState state) {
    if (state.sections == null) {
      state.sections = StateCodec.unpack(state.packed);
    }
    if (state.rules != rules) {
      state.rules = rules;
      state.sections.removeIf(section -> rules.byKey(section.key) == null);
    }
    return state.sections;
  }

  private static Section find(List<Section> sections, long key) {
    for (Section section : sections) {
      if (section.key == key) {
        return section;
      }
    }
    return null;
  }

  private static long due(CompiledRule rule, Section section) {
    long due = Matching.nextAbsence(rule, section);
    return section.waiting.isEmpty() ? due : Math.min(due, section.waiting.get(0).timeMs());
  }

  private static long due(List<Section> sections) {
    long due = RuleState.NEVER;
    for (Section section : sections) {
      due = Math.min(due, section.dueMs);
    }
    return due;
  }

  private static void store(RuleState state, List<Section> sections) {
    sections.removeIf(Section::isEmpty);
    state.packed = StateCodec.pack(sections);
    state.dueMs = due(sections);
  }
}
