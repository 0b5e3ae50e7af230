package io.nabz.rules.engine;

import io.nabz.rules.language.Contiguity;
import io.nabz.rules.language.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * A pattern as places and edges, in the manner of Flink's CEP library (whose semantics it shares,
 * an oracle test holds it to that): a repeated step is a row of places, one that may go on a place
 * with a loop, one that may be left out a place with a way past it, a step that must not come an
 * edge that ends the match.
 */
final class Automaton {
  static final int FINAL = -1;

  private final List<Step> steps;
  private final List<List<Edge>> places = new ArrayList<>();
  private int absence = Integer.MIN_VALUE;
  private final int start;

  /** The same as the places, quicker to walk. */
  private final Edge[][] edges;

  private final boolean[] complete;

  Automaton(List<Step> steps) {
    this.steps = steps;
    int next = FINAL;
    for (int i = steps.size() - 1; i >= 0; i--) {
      if (!steps.get(i).not()) {
        next = step(i, next);
      } else if (i == steps.size() - 1) {
        absence = place();
        add(absence, Edge.ignore(i, absence));
        add(absence, Edge.stop(i));
        next = absence;
      }
    }
    start = next;
    edges = places.stream().map(place -> place.toArray(Edge[]::new)).toArray(Edge[][]::new);
    complete = new boolean[edges.length];
    for (int place = 0; place < complete.length; place++) {
      complete[place] = leadsToEnd(place);
    }
  }

  int start() {
    return start;
  }

  Edge[] edges(int place) {
    return edges[place];
  }

  /** Whether a match rests there until its window ends. */
  boolean isAbsence(int place) {
    return place == absence;
  }

  /** Whether a match that has come to the place is complete. */
  boolean isComplete(int place) {
    return place == FINAL || complete[place];
  }

  private boolean leadsToEnd(int place) {
    if (place == FINAL) {
      return true;
    }
    for (Edge edge : places.get(place)) {
      if (edge.kind() == Edge.Kind.PROCEED && leadsToEnd(edge.target())) {
        return true;
      }
    }
    return false;
  }

  /** Whether an event of a type that no step names may end a match. */
  boolean mindsEveryEvent() {
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      boolean strict = i > 0 && step.followed() == Contiguity.STRICT;
      boolean strictWithin = !step.isSingle() && step.repeated() == Contiguity.STRICT;
      if (strict || strictWithin) {
        return true;
      }
    }
    return false;
  }

  private int step(int i, int next) {
    Step step = steps.get(i);
    int sink = step.orMore() ? loop(i, next) : next;
    for (int k = 1; k < step.times(); k++) {
      int place = single(i, sink, step.repeated());
      stopInRepetition(i, place);
      sink = place;
    }
    int head = step.optional() ? optional(i, sink, next) : single(i, sink, step.followed());
    stopBefore(i, head);
    return head;
  }

  private int single(int i, int sink, Contiguity contiguity) {
    int place = place();
    add(place, Edge.take(i, sink));
    if (contiguity != Contiguity.STRICT) {
      add(place, Edge.ignore(passedOver(i, contiguity), place));
    }
    return place;
  }

  private int optional(int i, int sink, int past) {
    Contiguity contiguity = steps.get(i).followed();
    int place = place();
    add(place, Edge.take(i, sink));
    add(place, Edge.proceed(past));
    if (contiguity != Contiguity.STRICT) {
      int waiting = single(i, sink, contiguity);
      stopBefore(i, waiting);
      add(place, Edge.ignore(passedOver(i, contiguity), waiting));
    }
    return place;
  }

  private int loop(int i, int next) {
    Contiguity contiguity = steps.get(i).repeated();
    int place = place();
    add(place, Edge.proceed(next));
    add(place, Edge.take(i, place));
    stopInRepetition(i, place);
    if (contiguity != Contiguity.STRICT) {
      int waiting = single(i, place, contiguity);
      stopInRepetition(i, waiting);
      add(place, Edge.ignore(passedOver(i, contiguity), waiting));
    }
    return place;
  }

  /** The steps that must not come right before this one. */
  private void stopBefore(int i, int place) {
    for (int k = i - 1; k >= 0 && (steps.get(k).not() || steps.get(k).optional()); k--) {
      if (steps.get(k).not()) {
        add(place, Edge.stop(k));
      }
    }
  }

  /** What must not come after a repeated step must not come between its events either. */
  private void stopInRepetition(int i, int place) {
    if (i + 1 < steps.size() && steps.get(i + 1).not()) {
      add(place, Edge.stop(i + 1));
    }
  }

  private static int passedOver(int i, Contiguity contiguity) {
    return contiguity == Contiguity.ANY ? Edge.ALWAYS : i;
  }

  private int place() {
    places.add(new ArrayList<>());
    return places.size() - 1;
  }

  private void add(int place, Edge edge) {
    places.get(place).add(edge);
  }
}
