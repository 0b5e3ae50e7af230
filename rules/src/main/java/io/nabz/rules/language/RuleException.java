package io.nabz.rules.language;

import java.util.List;
import java.util.stream.Collectors;

/** A rule that cannot be taken, with everything that is wrong with it. */
public final class RuleException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<Problem> problems;

  public RuleException(List<Problem> problems) {
    super(
        problems.stream().map(Problem::toString).collect(Collectors.joining("\n")),
        null,
        false,
        false);
    this.problems = List.copyOf(problems);
  }

  public List<Problem> problems() {
    return problems;
  }
}
