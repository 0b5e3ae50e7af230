package io.nabz.rules.engine;

import java.time.Duration;
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

  private final List<CompiledRule> rules;

  /** The rules' keys in order, and beside each the rule's place among all. */
  private final long[] keys;

  private final int[] slots;
  private final Duration memory;
  private final Map<String, Interests> byType = new ConcurrentHashMap<>();

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
    return interests(type).all().length > 0;
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

  Interests interests(String type) {
    Interests known = byType.get(type);
    if (known == null) {
      Interests found = new Interests(type, rules);
      known = found.all().length == 0 ? Interests.NONE : found;
      if (byType.size() < MAX_TYPES) {
        byType.put(type, known);
      }
    }
    return known;
  }
}
