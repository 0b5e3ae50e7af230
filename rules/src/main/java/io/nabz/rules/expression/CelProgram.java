package io.nabz.rules.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelErrorCode;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelVariableResolver;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A condition that takes the CEL interpreter; its loops are capped. */
final class CelProgram {
  private final CelRuntime.Program program;
  private final List<String> steps;

  CelProgram(CelRuntime runtime, CelAbstractSyntaxTree ast, List<String> steps) {
    try {
      this.program = runtime.createProgram(ast);
    } catch (CelEvaluationException e) {
      throw new IllegalStateException("a checked expression cannot be planned", e);
    }
    this.steps = steps;
  }

  byte test(Scope scope) {
    try {
      CelVariableResolver names = name -> Optional.ofNullable(variable(scope, name));
      return program.eval(names) instanceof Boolean value ? Plain.of(value) : Plain.ERROR;
    } catch (CelEvaluationException e) {
      // A field that is not there, or too many rounds: the condition does not hold.
      if (e.getErrorCode() == CelErrorCode.ITERATION_BUDGET_EXCEEDED) {
        scope.goOverBudget();
      }
      return Plain.ERROR;
    } catch (RuntimeException e) {
      return Plain.ERROR;
    }
  }

  private Object variable(Scope scope, String name) {
    if (name.equals("event")) {
      return scope.event() == null ? Map.of() : event(scope);
    }
    if (name.equals("customer")) {
      return new Customer(scope.customer());
    }
    int step = steps.indexOf(name);
    if (step < 0) {
      return null;
    }
    PastEvent past = scope.step(step);
    return past == null ? Map.of() : past(past);
  }

  private static Map<String, Object> event(Scope scope) {
    Map<String, Object> event = new HashMap<>();
    event.put("id", scope.event().id());
    event.put("source", scope.event().source());
    event.put("type", scope.event().type());
    event.put("tenant", scope.event().tenant());
    event.put("time", scope.event().time());
    event.put("data", Values.cel(scope.event().data()));
    if (scope.event().subject() != null) {
      event.put("subject", scope.event().subject());
    }
    String customerId = scope.customer().customerId();
    if (customerId != null) {
      event.put("customerId", customerId);
    }
    return event;
  }

  private static Map<String, Object> past(PastEvent past) {
    Map<String, Object> event = new HashMap<>();
    if (past.kept() != null) {
      past.kept()
          .propertyStream()
          .forEach(field -> event.put(field.getKey(), Values.cel(field.getValue())));
    }
    event.putIfAbsent("data", Map.of());
    event.put("id", past.id());
    event.put("type", past.type());
    event.put("time", Instant.ofEpochMilli(past.timeMs()));
    return event;
  }

  /** The customer's parts, read when they are asked for. */
  private static final class Customer extends java.util.AbstractMap<String, Object> {
    private final CustomerFacts facts;

    Customer(CustomerFacts facts) {
      this.facts = facts;
    }

    @Override
    public Object get(Object name) {
      return Values.cel(facts.facet((String) name));
    }

    @Override
    public boolean containsKey(Object name) {
      return facts.facet((String) name) != null;
    }

    @Override
    public java.util.Set<Entry<String, Object>> entrySet() {
      throw new UnsupportedOperationException("the customer is asked by field");
    }
  }
}
