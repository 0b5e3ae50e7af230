package io.nabz.rules.expression;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** A compiled condition. What cannot be decided, since a field is missing, does not hold. */
public final class Condition {
  private final String text;
  private final Plain plain;
  private final CelProgram program;
  private final Uses uses;

  Condition(String text, Plain plain, CelProgram program, Uses uses) {
    this.text = text;
    this.plain = plain;
    this.program = program;
    this.uses = uses;
  }

  public boolean holds(Scope scope) {
    return (plain != null ? plain.test(scope) : program.test(scope)) == Plain.TRUE;
  }

  /** Whether it runs as a plain predicate and not as a CEL program. */
  public boolean isPlain() {
    return plain != null;
  }

  public boolean asksSteps() {
    return !uses.steps().isEmpty();
  }

  public boolean asksCustomer() {
    return uses.customer();
  }

  /** Whether one event gives one answer, at little cost, whatever else there is to know. */
  public boolean asksEventAlone() {
    return plain != null && !asksSteps() && !asksCustomer();
  }

  /** By step index the fields of its event that must be kept, as paths. */
  public Map<Integer, Set<List<String>>> keeps() {
    return uses.steps();
  }

  @Override
  public String toString() {
    return text;
  }
}
