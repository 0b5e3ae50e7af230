package io.nabz.api.store;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.nabz.model.AlertAction;
import io.nabz.model.AlertOutcome;
import io.nabz.model.AlertState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What people have done with an alert, newest last. It is made of the actions alone, in the order
 * of their topic, whether or not the alert itself is known yet.
 *
 * @param state null while nobody has changed it
 * @param assignee who has it; null while the stream's word stands
 * @param seenAt when somebody saw it first
 */
public record AlertLife(
    AlertState state,
    String assignee,
    Instant seenAt,
    AlertOutcome outcome,
    Instant snoozedUntil,
    List<Step> history) {
  public static final AlertLife NONE = new AlertLife(null, null, null, null, null, List.of());

  /** Steps that are kept; of more, the first and the newest. */
  static final int MAX_STEPS = 50;

  public AlertLife {
    history = history == null ? List.of() : List.copyOf(history);
  }

  /** One thing that somebody did. */
  public record Step(
      AlertAction.Kind action,
      String by,
      Instant at,
      AlertOutcome outcome,
      Instant until,
      String assignee) {
    static Step of(AlertAction action) {
      return new Step(
          action.action(),
          action.by(),
          action.at(),
          action.outcome(),
          action.until(),
          action.assignee());
    }
  }

  /**
   * What an action has led to.
   *
   * @param refusal why it does not count; null if it does, also when it changed nothing
   */
  public record Verdict(AlertLife life, String refusal) {
    public Verdict {
      requireNonNull(life, "life is null");
    }
  }

  /** The life after the action, or the same with the reason why it does not count. */
  public Verdict after(AlertAction action) {
    if (action.action() == AlertAction.Kind.SEEN) {
      return new Verdict(seen(action), null);
    }
    if (state == AlertState.RESOLVED) {
      return isResolvedSo(action)
          ? new Verdict(this, null)
          : refused("%s has resolved it".formatted(last(AlertAction.Kind.RESOLVE)));
    }
    if (state == AlertState.ACKNOWLEDGED && !action.by().equals(assignee)) {
      if (!action.supervising()) {
        return refused("%s has it; only they or a supervisor may change it".formatted(assignee));
      }
    } else if (state == AlertState.ACKNOWLEDGED
        && action.action() == AlertAction.Kind.ACKNOWLEDGE) {
      return new Verdict(this, null);
    }
    List<Step> steps = with(Step.of(action));
    AlertLife next =
        switch (action.action()) {
          case ACKNOWLEDGE ->
              new AlertLife(AlertState.ACKNOWLEDGED, action.by(), seenAt, null, null, steps);
          case RESOLVE ->
              new AlertLife(
                  AlertState.RESOLVED,
                  assignee == null ? action.by() : assignee,
                  seenAt,
                  action.outcome(),
                  null,
                  steps);
          case SNOOZE ->
              new AlertLife(AlertState.SNOOZED, assignee, seenAt, null, action.until(), steps);
          // Whoever gets it has not said yes to it yet.
          default ->
              new AlertLife(
                  state == AlertState.ACKNOWLEDGED ? AlertState.SEEN : state,
                  action.assignee(),
                  seenAt,
                  null,
                  snoozedUntil,
                  steps);
        };
    return new Verdict(next, null);
  }

  /** The same once a snooze has run out. */
  AlertLife awake() {
    return new AlertLife(AlertState.SEEN, assignee, seenAt, outcome, null, history);
  }

  @JsonIgnore
  boolean isSnoozed() {
    return state == AlertState.SNOOZED && snoozedUntil != null;
  }

  /** Whether it was ever given to, or taken by, that person. */
  boolean wasEverOf(String person) {
    return Objects.equals(person, assignee)
        || history.stream()
            .anyMatch(
                step ->
                    person.equals(step.assignee())
                        || (step.action() == AlertAction.Kind.ACKNOWLEDGE
                            && person.equals(step.by())));
  }

  private AlertLife seen(AlertAction action) {
    boolean again =
        history.stream()
            .anyMatch(
                step -> step.action() == AlertAction.Kind.SEEN && step.by().equals(action.by()));
    if (again) {
      return this;
    }
    return new AlertLife(
        state == null || state == AlertState.OPEN ? AlertState.SEEN : state,
        assignee,
        seenAt == null ? action.at() : seenAt,
        outcome,
        snoozedUntil,
        with(Step.of(action)));
  }

  private boolean isResolvedSo(AlertAction action) {
    return action.action() == AlertAction.Kind.RESOLVE
        && action.outcome() == outcome
        && action.by().equals(last(AlertAction.Kind.RESOLVE));
  }

  private String last(AlertAction.Kind kind) {
    for (int i = history.size() - 1; i >= 0; i--) {
      if (history.get(i).action() == kind) {
        return history.get(i).by();
      }
    }
    return "somebody";
  }

  private Verdict refused(String reason) {
    return new Verdict(this, reason);
  }

  private List<Step> with(Step step) {
    List<Step> steps = new ArrayList<>(history);
    if (steps.size() >= MAX_STEPS) {
      steps.remove(1);
    }
    steps.add(step);
    return steps;
  }
}
