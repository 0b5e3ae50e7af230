package io.nabz.rules.expression;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One value that can be read from a {@link Scope}. */
public final class Path {
  private final Plain.Operand operand;
  private final int step;
  private final List<String> names;

  Path(Plain.Operand operand, int step, List<String> names) {
    this.operand = operand;
    this.step = step;
    this.names = names;
  }

  /** What the events of a match have in common. */
  public static Path ofBy() {
    return new Path(Scope::by, -1, List.of("by"));
  }

  /** What a rule that watches has found under that name. */
  public static Path ofFigure(String name) {
    return new Path(scope -> scope.figure(name), -1, List.of(name));
  }

  /** The value as text, or null when it is not there or no scalar. */
  public String text(Scope scope) {
    Object value = scalar(scope);
    if (value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e15) {
      return Long.toString(number.longValue());
    }
    return value == null ? null : value.toString();
  }

  /** The value, or null when it is not there or none of string, number, truth value and time. */
  public Object scalar(Scope scope) {
    Object value = operand.value(scope);
    return value instanceof String
            || value instanceof Number
            || value instanceof Boolean
            || value instanceof Instant
        ? value
        : null;
  }

  /** The value as a number, or NaN. */
  public double number(Scope scope) {
    return operand.value(scope) instanceof Number number ? number.doubleValue() : Double.NaN;
  }

  /** Index of the step whose event it lies in, or -1. */
  public int step() {
    return step;
  }

  /** {@code event}, {@code customer}, a step's name, or {@code by}. */
  public String root() {
    return names.get(0);
  }

  /** As it was written. */
  @Override
  public String toString() {
    return String.join(".", names);
  }

  /** Where in the step's event it lies. */
  public List<String> belowStep() {
    return new ArrayList<>(names.subList(1, names.size()));
  }
}
