package io.nabz.rules.expression;

import io.nabz.model.Event;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * What an expression can see. Made once and set anew for each evaluation, since these are many;
 * {@code customer} costs nothing until it is asked.
 */
public final class Scope {
  private static final IntFunction<PastEvent> NO_STEPS = step -> null;

  private Event event;

  /** The field of its data that was asked for last; rules that meet it mostly ask for the same. */
  private String dataName;

  private Object dataValue;
  private CustomerFacts customer = CustomerFacts.NONE;
  private IntFunction<PastEvent> steps = NO_STEPS;

  private String by;
  private Map<String, ?> figures = Map.of();
  private boolean overBudget;

  /** For a rule and an event: nothing has gone over its budget yet. */
  public Scope begin() {
    overBudget = false;
    return this;
  }

  /**
   * @param newBy the value that the events of the match have in common; null for none
   */
  public Scope by(String newBy) {
    by = newBy;
    return this;
  }

  String by() {
    return by;
  }

  /**
   * @param newFigures what a rule that watches has found, by name
   */
  public Scope figures(Map<String, ?> newFigures) {
    figures = newFigures;
    return this;
  }

  Object figure(String name) {
    Object figure = figures.get(name);
    return figure == null ? Values.MISSING : figure;
  }

  /** Whether an expression has taken more rounds since then than it may. */
  public boolean isOverBudget() {
    return overBudget;
  }

  void goOverBudget() {
    overBudget = true;
  }

  public Scope at(Event newEvent, CustomerFacts newCustomer) {
    if (event != newEvent) {
      event = newEvent;
      dataName = null;
    }
    customer = newCustomer;
    steps = NO_STEPS;
    return this;
  }

  /** The newest event of each step by its index; null for a step that has taken none. */
  public Scope after(IntFunction<PastEvent> newSteps) {
    steps = newSteps;
    return this;
  }

  Event event() {
    return event;
  }

  /** A field of the event's data; {@link Values#MISSING} where there is no event either. */
  Object data(String name) {
    if (!name.equals(dataName)) {
      dataName = name;
      dataValue = event == null ? Values.MISSING : Values.of(event.data().get(name));
    }
    return dataValue;
  }

  CustomerFacts customer() {
    return customer;
  }

  PastEvent step(int index) {
    return steps.apply(index);
  }
}
