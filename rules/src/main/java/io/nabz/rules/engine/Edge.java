package io.nabz.rules.engine;

/**
 * A way from one place of an automaton to another.
 *
 * @param guard index of the step whose predicate must hold, or not hold; -1 for always
 * @param step index of the step that takes the event; only of {@link Kind#TAKE}
 */
record Edge(Kind kind, int guard, boolean negated, int step, int target) {
  enum Kind {
    /** The event becomes part of the match. */
    TAKE,
    /** The event is passed over. */
    IGNORE,
    /** Without an event: what may be done there may be done here. */
    PROCEED,
    /** The event disproves the match. */
    STOP
  }

  static final int ALWAYS = -1;

  static Edge take(int step, int target) {
    return new Edge(Kind.TAKE, step, false, step, target);
  }

  static Edge ignore(int guard, int target) {
    return new Edge(Kind.IGNORE, guard, guard != ALWAYS, -1, target);
  }

  static Edge proceed(int target) {
    return new Edge(Kind.PROCEED, ALWAYS, false, -1, target);
  }

  static Edge stop(int guard) {
    return new Edge(Kind.STOP, guard, false, -1, -1);
  }
}
