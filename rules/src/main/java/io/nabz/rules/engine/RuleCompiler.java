package io.nabz.rules.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.nabz.model.LocalisedText;
import io.nabz.model.StableHash;
import io.nabz.rules.expression.Condition;
import io.nabz.rules.expression.Conditions;
import io.nabz.rules.expression.Path;
import io.nabz.rules.language.Problem;
import io.nabz.rules.language.Rule;
import io.nabz.rules.language.RuleException;
import io.nabz.rules.language.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Checks what {@code RuleReader} cannot see, the expressions, and makes a rule ready to run. */
public final class RuleCompiler {
  /** Of rules across customers besides, so that the keys of others stay what they were. */
  private static final String ACROSS = "across";

  private static final String WATCH = "watch";
  private static final String BY = "by";

  /** What makes two versions of a rule the same pattern, so that matches under way live on. */
  private static final List<String> PATTERN_FIELDS =
      List.of("pattern", "within", "by", "ordering", "afterMatch", "patternVersion");

  private final Rule rule;
  private final List<String> names;
  private final List<Problem> problems = new ArrayList<>();
  private final Set<List<String>> keeps = new HashSet<>();

  private RuleCompiler(Rule rule) {
    this.rule = rule;
    this.names = rule.pattern().stream().map(Step::as).toList();
  }

  /**
   * @throws RuleException with everything that is wrong
   */
  public static CompiledRule compile(Rule rule) {
    return new RuleCompiler(rule).compile();
  }

  private CompiledRule compile() {
    int count = names.size();
    Condition[] where = new Condition[count];
    Path[] figures = new Path[count];
    Set<String> visible = new LinkedHashSet<>();
    for (int i = 0; i < count; i++) {
      Step step = rule.pattern().get(i);
      if (step.where() != null) {
        where[i] = condition(step.where(), "/pattern/" + i + "/where", visible);
        if (step.aggregate() != null && where[i] != null && where[i].asksSteps()) {
          wrong(
              "/pattern/" + i + "/where",
              "an aggregate speaks of an earlier step",
              "count over the event and the customer only, and compare in a later step");
        }
      }
      if (step.aggregate() != null && step.aggregate().field() != null) {
        figures[i] = eventPath(step.aggregate().field());
      }
      if (!step.not()) {
        visible.add(step.as());
      }
    }
    Condition condition =
        rule.condition() == null ? null : condition(rule.condition(), "/condition", visible);
    checkNoEventInAbsence();
    Texts title = texts(rule.then().title(), "/then/title", visible);
    Texts advice =
        rule.then().advice() == null ? null : texts(rule.then().advice(), "/then/advice", visible);
    if (!problems.isEmpty()) {
      throw new RuleException(problems);
    }
    Path by = rule.by() == null ? null : eventPath(rule.by());
    return new CompiledRule(rule, key(), where, figures, by, condition, title, advice, keeps);
  }

  private static Path eventPath(String dotted) {
    return Conditions.path("event." + dotted, List.of(), Set.of());
  }

  private Condition condition(String text, String place, Set<String> visible) {
    Condition compiled =
        Conditions.compile(
            text, names, visible, (problem, remedy) -> wrong(place, problem, remedy));
    if (compiled != null && rule.isAcross() && compiled.asksCustomer()) {
      wrong(
          place,
          "asks for the customer, but the rule looks across customers",
          "speak of the event and the steps; event.customerId says whose an event is");
    }
    if (compiled != null) {
      compiled.keeps().values().forEach(keeps::addAll);
    }
    return compiled;
  }

  private Texts texts(LocalisedText texts, String place, Set<String> visible) {
    return new Texts(
        template(texts.en(), Inset.EN, place + "/en", visible),
        template(texts.fa(), Inset.FA, place + "/fa", visible));
  }

  private Template template(String text, Inset inset, String place, Set<String> visible) {
    Template template =
        Template.parse(
            text,
            inset,
            dotted -> path(dotted, visible),
            unknown -> wrong(place, "{{" + unknown + "}} names nothing", namesOfPlaceholders()));
    for (Path path : template.paths()) {
      if (rule.isAcross() && !rule.isWatch() && Naming.mayName(path, rule.by())) {
        wrong(
            place,
            "{{"
                + path
                + "}} may say who a customer is, and what is told across customers stays when one is erased",
            "write e.g. {{by}} or {{event.data.channel}}");
      }
      if (path.step() >= 0 && !Set.of("id", "type", "time").contains(path.belowStep().get(0))) {
        keeps.add(path.belowStep());
      }
    }
    return template;
  }

  /** What a placeholder stands for, or null. */
  private Path path(String dotted, Set<String> visible) {
    if (dotted.equals(BY) && (rule.by() != null || rule.isWatch())) {
      return Path.ofBy();
    }
    if (rule.isWatch()) {
      return rule.watch().figures().contains(dotted) ? Path.ofFigure(dotted) : null;
    }
    return Conditions.path(dotted, names, visible);
  }

  private String namesOfPlaceholders() {
    return rule.isWatch()
        ? "the names here are by, " + String.join(", ", rule.watch().figures())
        : "write e.g. {{customer.identity.attributes.name}} or {{event.data.orderId}}";
  }

  /** When nothing has come there is no event to speak of. */
  private void checkNoEventInAbsence() {
    if (!rule.endsInAbsence()) {
      return;
    }
    String remedy = "speak of a step by its name, e.g. " + names.get(0) + ".data";
    if (rule.condition() != null && rule.condition().matches("(?s).*\\bevent\\..*")) {
      wrong("/condition", "a rule that ends in an absence has no event at its end", remedy);
    }
    JsonNode then = rule.source().path("then");
    if (then.toString().matches("(?s).*\\{\\{\\s*event\\..*")) {
      wrong("/then", "a rule that ends in an absence has no event at its end", remedy);
    }
  }

  private long key() {
    StringBuilder pattern = new StringBuilder();
    for (String field : PATTERN_FIELDS) {
      pattern.append(field).append('=').append(rule.source().path(field)).append('\n');
    }
    if (rule.isAcross()) {
      pattern.append(ACROSS).append('=').append(rule.across().code()).append('\n');
    }
    if (rule.isWatch()) {
      pattern.append(WATCH).append('=').append(rule.source().path(WATCH)).append('\n');
    }
    return StableHash.pair(rule.id(), pattern.toString());
  }

  private void wrong(String place, String problem, String remedy) {
    problems.add(new Problem(rule.id(), place, problem, remedy));
  }
}
