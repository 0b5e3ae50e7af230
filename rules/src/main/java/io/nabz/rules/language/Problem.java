package io.nabz.rules.language;

import static java.util.Objects.requireNonNull;

/**
 * One thing that is wrong with a rule.
 *
 * @param rule the rule's id, or {@code ?} when it has none
 * @param place JSON pointer to the field; empty for the whole document
 * @param problem what is wrong
 * @param remedy what to write instead
 */
public record Problem(String rule, String place, String problem, String remedy) {
  public Problem {
    requireNonNull(rule, "rule is null");
    requireNonNull(place, "place is null");
    requireNonNull(problem, "problem is null");
    requireNonNull(remedy, "remedy is null");
  }

  @Override
  public String toString() {
    return "rule %s at %s: %s; %s".formatted(rule, place.isEmpty() ? "/" : place, problem, remedy);
  }
}
