package io.nabz.rules.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
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
   * @param steps those that take the type, as bits; none when the event can only disturb a match
   */
  record Interest(CompiledRule rule, int steps) {}

  private static final Interest[] NOBODY = {};

  private final List<CompiledRule> rules;
  private final Map<Long, CompiledRule> byKey = new HashMap<>();
  private final Map<String, Interest[]> byType = new ConcurrentHashMap<>();

  public RuleSet(Collection<CompiledRule> rules) {
    this.rules =
        rules.stream()
            .filter(rule -> rule.rule().enabled())
            .sorted((a, b) -> a.rule().id().compareTo(b.rule().id()))
            .toList();
    this.rules.forEach(rule -> byKey.put(rule.key(), rule));
  }

  public List<CompiledRule> rules() {
    return rules;
  }

  /** Whether an event of the type can concern any rule at all. */
  public boolean waitsFor(String type) {
    return interests(type).length > 0;
  }

  CompiledRule byKey(long key) {
    return byKey.get(key);
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
    for (CompiledRule rule : rules) {
      int steps = rule.steps(type);
      if (steps != 0 || rule.automaton().mindsEveryEvent()) {
        found.add(new Interest(rule, steps));
      }
    }
    return found.isEmpty() ? NOBODY : found.toArray(Interest[]::new);
  }
}
