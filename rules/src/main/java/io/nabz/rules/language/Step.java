package io.nabz.rules.language;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * One step of a pattern.
 *
 * @param as the name by which later expressions and the evidence speak of its event
 * @param types event types; one may end in {@code .*}, or be {@code *} for all
 * @param where CEL over the event, earlier steps and the customer; null for any event of the type
 * @param times how often, at least if {@code orMore}
 * @param not no such event may come before the next step, or before the window ends
 * @param followed what may lie between the previous step and this one
 * @param repeated what may lie between the events of this step if it is repeated
 * @param aggregate null for an ordinary step
 */
public record Step(
    String as,
    List<String> types,
    String where,
    int times,
    boolean orMore,
    boolean optional,
    boolean not,
    Contiguity followed,
    Contiguity repeated,
    Aggregate aggregate) {
  public Step {
    requireNonNull(as, "as is null");
    types = List.copyOf(types);
    requireNonNull(followed, "followed is null");
    requireNonNull(repeated, "repeated is null");
  }

  /** Whether one event is enough for the step. */
  public boolean isSingle() {
    return times == 1 && !orMore;
  }

  /** Whether events of that type may be of the step. */
  public boolean takesType(String type) {
    for (String wanted : types) {
      if (wanted.equals(type)
          || (wanted.endsWith("*") && type.startsWith(wanted.substring(0, wanted.length() - 1)))) {
        return true;
      }
    }
    return false;
  }
}
