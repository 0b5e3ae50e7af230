package io.nabz.rules.language;

import java.time.Duration;
import java.util.List;

/** What patterns must be like so that each means one thing and costs a bounded amount. */
final class Shape {
  private Shape() {}

  static void check(Fields rule, List<Step> steps, Duration within) {
    if (steps.isEmpty()) {
      return;
    }
    for (int i = 0; i < steps.size(); i++) {
      checkStep(rule, steps, i);
    }
    boolean several = steps.size() > 1 || !steps.get(0).isSingle();
    if (several && within == null && !rule.has("within")) {
      rule.wrong("within", "is missing", "say how long a match may take, e.g. within: 15m");
    }
  }

  private static void checkStep(Fields rule, List<Step> steps, int i) {
    Step step = steps.get(i);
    String at = "pattern/" + i;
    boolean last = i == steps.size() - 1;
    if (i == 0 && (step.not() || step.optional())) {
      rule.wrong(
          at,
          "the first step is " + (step.not() ? "a 'not'" : "optional"),
          "begin with the event that a match begins with");
    }
    if (step.not() && (!step.isSingle() || step.optional() || step.aggregate() != null)) {
      rule.wrong(at, "a 'not' step has times, optional or aggregate", "leave these out");
    }
    if (step.not() && step.followed() != Contiguity.RELAXED) {
      rule.wrong(at + "/followed", "has no meaning with 'not'", "leave it out");
    }
    if (step.optional() && i > 0 && afterNot(steps, i)) {
      rule.wrong(
          at, "an optional step comes after a 'not' step", "put the optional step before it");
    }
    if (step.not() && last && i > 0) {
      Step before = steps.get(i - 1);
      if (before.orMore() || before.optional() || before.not()) {
        rule.wrong(
            at,
            "the absence at the end follows a step that is open-ended",
            "let a plain step, or one with 'times', stand before it");
      }
    }
    if (step.not() && !last && steps.get(i + 1).followed() == Contiguity.STRICT) {
      rule.wrong(
          "pattern/" + (i + 1) + "/followed",
          "nothing may lie between anyway when a step is strict",
          "leave out the 'not' step or the strictness");
    }
    if (step.aggregate() != null && !step.isSingle()) {
      rule.wrong(at, "has both an aggregate and times", "keep one of the two");
    }
  }

  private static boolean afterNot(List<Step> steps, int i) {
    for (int k = i - 1; k >= 0; k--) {
      if (steps.get(k).not()) {
        return true;
      }
      if (!steps.get(k).optional()) {
        return false;
      }
    }
    return false;
  }
}
