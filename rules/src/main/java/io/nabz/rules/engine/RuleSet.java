package io.nabz.rules.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The rules that run, by the types of events that they wait for. */
public final class RuleSet {
  /** No rules. */
  public static final RuleSet NONE = new RuleSet(List.of());

  /** Senders can make up types without end; only so many are remembered. */
  private static final int MAX_TYPES = 4096;

  /**
   * A rule that an event may concern.
   *
   * @param slot the rule's place among all
   * @param steps those that take the type, as bits; none when the event can only disturb a match
   */
  record Interest(CompiledRule rule, int slot, int steps) {}

  private static final Interest[] NOBODY = {};

  private final List<CompiledRule> rules;

  /** The rules' keys in order, and beside each the rule's place among all. */
  private final long[] keys;

  private final int[] slots;
  private final Duration memory;
  private final Map<String, Interest[]> byType = new ConcurrentHashMap<>();

  public RuleSet(Collection<CompiledRule> rules) {
    this.rules =
        rules.stream()
            .filter(rule -> rule.rule().enabled())
            .sorted((a, b) -> a.rule().id().compareTo(b.rule().id()))
            .toList();
    keys = this.rules.stream().mapToLong(CompiledRule::key).sorted().toArray();
    slots = new int[keys.length];
    memory =
        this.rules.stream().map(RuleSet::memory).max(Duration::compareTo).orElse(Duration.ZERO);
    for (int slot = 0; slot < keys.length; slot++) {
      slots[Arrays.binarySearch(keys, this.rules.get(slot).key())] = slot;
    }
  }

  public List<CompiledRule> rules() {
    return rules;
  }

  /** After so long nothing that they remember matters, if nothing more has come. */
  public Duration memory() {
    return memory;
  }

  private static Duration memory(CompiledRule rule) {
    Duration disprovable = rule.hasNots() ? Matching.DISPROVABLE : Duration.ZERO;
    return rule.memory().plus(disprovable).plus(Matching.GRACE);
  }

  /** Whether an event of the type can concern any rule at all. */
  public boolean waitsFor(String type) {
    return interests(type).length > 0;
  }

  CompiledRule byKey(long key) {
    int at = Arrays.binarySearch(keys, key);
    return at < 0 ? null : rules.get(slots[at]);
  }

  /**
   * The sections by their rules' slots; null where one is of a rule that is not here.
   *
   * @param sections in order of their keys
   */
  Section[] slots(List<Section> sections) {
    Section[] bySlot = new Section[keys.length];
    int at = 0;
    for (int i = 0; i < sections.size(); i++) {
      Section section = sections.get(i);
      while (at < keys.length && keys[at] < section.key()) {
        at++;
      }
      if (at == keys.length || keys[at] != section.key()) {
        return null;
      }
      bySlot[slots[at]] = section;
    }
    return bySlot;
  }

  Interest[] interests(String type) {
    Interest[] known = byType.get(type);
    if (known == null) {
      known = find(type);
      if (byType.size() < MAX_TYPES) {
        byType.put(type, known);
      }
    }
    return known;
  }

  private Interest[] find(String type) {
    List<Interest> found = new ArrayList<>();
    for (int slot = 0; slot < rules.size(); slot++) {
      CompiledRule rule = rules.get(slot);
      int steps = rule.steps(type);
      if (steps != 0 || rule.automaton().mindsEveryEvent()) {
        found.add(new Interest(rule, slot, steps));
      }
    }
    return found.isEmpty() ? NOBODY : found.toArray(Interest[]::new);
  }
}
