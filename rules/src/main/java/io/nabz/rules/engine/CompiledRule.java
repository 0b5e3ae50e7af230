package io.nabz.rules.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nabz.model.Event;
import io.nabz.model.Json;
import io.nabz.rules.expression.Condition;
import io.nabz.rules.expression.CustomerFacts;
import io.nabz.rules.expression.Path;
import io.nabz.rules.language.Rule;
import io.nabz.rules.language.RuleOrdering;
import io.nabz.rules.language.Step;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** A rule ready to run. */
public final class CompiledRule {
  private static final int MAX_KEPT_CHARS = 2048;

  private final Rule rule;
  private final long key;
  private final Automaton automaton;
  private final Condition[] where;
  private final Path[] figures;
  private final Path by;
  private final Condition condition;
  private final Texts title;
  private final Texts advice;
  private final Set<List<String>> keeps;
  private final boolean hasNots;
  private final boolean hasAggregates;
  private final RuleHealth health;

  /** Whether it begins nothing, since what had begun before it is still to be handed over. */
  private boolean held;

  CompiledRule(
      Rule rule,
      long key,
      Condition[] where,
      Path[] figures,
      Path by,
      Condition condition,
      Texts title,
      Texts advice,
      Set<List<String>> keeps) {
    this.rule = rule;
    this.key = key;
    this.automaton = new Automaton(rule.pattern());
    this.where = where;
    this.figures = figures;
    this.by = by;
    this.condition = condition;
    this.title = title;
    this.advice = advice;
    this.keeps = keeps;
    this.health = new RuleHealth(rule.isAcross() ? "values" : "customers");
    this.hasNots = rule.pattern().stream().anyMatch(Step::not);
    this.hasAggregates = rule.pattern().stream().anyMatch(step -> step.aggregate() != null);
  }

  public Rule rule() {
    return rule;
  }

  /** How it fares. */
  public RuleHealth health() {
    return health;
  }

  /** Whether what the other has begun goes on under this one. */
  public boolean goesOnFrom(CompiledRule other) {
    return other.key == key;
  }

  /** What names its section; another one when the pattern is another. */
  long key() {
    return key;
  }

  Automaton automaton() {
    return automaton;
  }

  Condition where(int step) {
    return where[step];
  }

  /** What an aggregate step sums or tells apart, or null. */
  Path figure(int step) {
    return figures[step];
  }

  Path by() {
    return by;
  }

  Condition condition() {
    return condition;
  }

  Texts title() {
    return title;
  }

  Texts advice() {
    return advice;
  }

  boolean hasNots() {
    return hasNots;
  }

  boolean hasAggregates() {
    return hasAggregates;
  }

  /** Whether anything but its words asks what is known of the customer. */
  public boolean asksCustomer() {
    boolean asks = condition != null && condition.asksCustomer();
    for (Condition one : where) {
      asks |= one != null && one.asksCustomer();
    }
    return asks;
  }

  /** Whether this version is to know what had begun before it was written. */
  public boolean startsWarm() {
    return rule.source().path("start").asText().equals("warm");
  }

  void hold(boolean hold) {
    held = hold;
  }

  boolean isHeld() {
    return held;
  }

  /** How long an event may matter to it. */
  public Duration memory() {
    Duration memory = rule.within() == null ? Duration.ZERO : rule.within();
    for (Step step : rule.pattern()) {
      if (step.aggregate() != null && step.aggregate().window().compareTo(memory) > 0) {
        memory = step.aggregate().window();
      }
    }
    return memory.plus(rule.cooldown());
  }

  public boolean waitsForWatermark() {
    return rule.ordering() == RuleOrdering.EVENT_TIME;
  }

  long withinMs() {
    return rule.within() == null ? Long.MAX_VALUE : rule.within().toMillis();
  }

  /** Which steps take events of that type, as bits. */
  int steps(String type) {
    int steps = 0;
    for (int i = 0; i < rule.pattern().size(); i++) {
      if (rule.pattern().get(i).takesType(type)) {
        steps |= 1 << i;
      }
    }
    return steps;
  }

  /** Those fields of the event that later expressions speak of; null for none. */
  ObjectNode kept(Event event, CustomerFacts customer) {
    if (keeps.isEmpty()) {
      return null;
    }
    ObjectNode kept = Json.mapper().createObjectNode();
    for (List<String> path : keeps) {
      switch (path.get(0)) {
        case "source" -> kept.put("source", event.source());
        case "subject" -> kept.put("subject", event.subject());
        case "tenant" -> kept.put("tenant", event.tenant());
        case "customerId" -> kept.put("customerId", customer.customerId());
        default -> keep(kept, event.data(), path);
      }
    }
    return kept.isEmpty() ? null : kept;
  }

  private static void keep(ObjectNode kept, JsonNode data, List<String> path) {
    JsonNode value = data;
    for (String name : path.subList(1, path.size())) {
      value = value.path(name);
    }
    if (value.isMissingNode() || value.isNull() || value.toString().length() > MAX_KEPT_CHARS) {
      return;
    }
    ObjectNode into = kept;
    for (String name : path.subList(0, path.size() - 1)) {
      if (into.has(name) && !(into.get(name) instanceof ObjectNode)) {
        return;
      }
      into = into.withObjectProperty(name);
    }
    into.set(path.get(path.size() - 1), value.deepCopy());
  }
}
