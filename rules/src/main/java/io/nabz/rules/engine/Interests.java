package io.nabz.rules.engine;

import io.nabz.rules.expression.Condition;
import io.nabz.rules.expression.Scope;
import java.util.ArrayList;
import java.util.List;

/**
 * The rules that events of one type may concern. What their steps ask of the event alone is asked
 * once, however many of them ask it, and before anything that is remembered is looked into: most
 * rules that wait for a type wait for few of its events.
 */
final class Interests {
  static final Interests NONE = new Interests("", List.of());

  private final List<Condition> conditions = new ArrayList<>();
  private final Interest[] all;

  /**
   * A rule that the events may concern.
   *
   * @param slot the rule's place among all
   * @param mindsAll whether an event that no step takes may still end a match
   * @param untested the steps that take the type and ask nothing, or not of the event alone, as
   *     bits
   * @param tested the other steps that take the type, each as a bit
   * @param conditions beside each of these the number of its condition
   */
  record Interest(
      CompiledRule rule, int slot, boolean mindsAll, int untested, int[] tested, int[] conditions) {

    /** The steps of which it is known that they take the event, as bits. */
    int taken(boolean[] holds) {
      int steps = 0;
      for (int i = 0; i < tested.length; i++) {
        if (holds[conditions[i]]) {
          steps |= tested[i];
        }
      }
      return steps;
    }
  }

  /**
   * @param rules in the order of their slots
   */
  Interests(String type, List<CompiledRule> rules) {
    List<Interest> interests = new ArrayList<>();
    for (int slot = 0; slot < rules.size(); slot++) {
      CompiledRule rule = rules.get(slot);
      boolean mindsAll = rule.automaton().mindsEveryEvent();
      if (rule.steps(type) != 0 || mindsAll) {
        interests.add(interest(rule, slot, mindsAll, rule.steps(type)));
      }
    }
    all = interests.toArray(Interest[]::new);
  }

  private Interest interest(CompiledRule rule, int slot, boolean mindsAll, int steps) {
    int untested = steps;
    List<Integer> tested = new ArrayList<>();
    List<Integer> numbers = new ArrayList<>();
    for (int step = 0; step < rule.rule().pattern().size(); step++) {
      Condition where = rule.where(step);
      if ((steps & 1 << step) != 0 && where != null && where.asksEventAlone()) {
        untested &= ~(1 << step);
        tested.add(1 << step);
        numbers.add(number(where));
      }
    }
    return new Interest(rule, slot, mindsAll, untested, ints(tested), ints(numbers));
  }

  /** Conditions that ask the event alone are the same if they read the same. */
  private int number(Condition where) {
    for (int number = 0; number < conditions.size(); number++) {
      if (conditions.get(number).toString().equals(where.toString())) {
        return number;
      }
    }
    conditions.add(where);
    return conditions.size() - 1;
  }

  private static int[] ints(List<Integer> numbers) {
    return numbers.stream().mapToInt(Integer::intValue).toArray();
  }

  Interest[] all() {
    return all;
  }

  /**
   * Which conditions hold, by their numbers.
   *
   * @param holds is filled and given back if it is large enough
   */
  boolean[] test(Scope event, boolean[] holds) {
    int count = conditions.size();
    boolean[] filled = holds.length < count ? new boolean[count] : holds;
    for (int i = 0; i < count; i++) {
      filled[i] = conditions.get(i).holds(event);
    }
    return filled;
  }
}
