package io.nabz.rules.engine;

import io.nabz.model.Event;
import io.nabz.rules.expression.Path;
import io.nabz.rules.expression.Scope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The rules of a tenant that run across customers, by the field whose values they tell apart. An
 * event that none of them waits for costs a look into a map for each such field, of which there are
 * mostly one or two.
 */
public final class Crowds {
  /** No such rules. */
  public static final Crowds NONE = new Crowds(List.of());

  private record Field(String name, Path path, RuleSet rules) {}

  private final List<Field> fields = new ArrayList<>();

  public Crowds(Collection<CompiledRule> rules) {
    Map<String, List<CompiledRule>> byField = new TreeMap<>();
    for (CompiledRule rule : rules) {
      if (rule.rule().enabled()) {
        byField.computeIfAbsent(rule.rule().by(), ignored -> new ArrayList<>()).add(rule);
      }
    }
    byField.forEach((name, own) -> fields.add(new Field(name, own.get(0).by(), new RuleSet(own))));
  }

  /** The rules that tell apart the values of that field. */
  public RuleSet of(String field) {
    for (Field one : fields) {
      if (one.name().equals(field)) {
        return one.rules();
      }
    }
    return RuleSet.NONE;
  }

  public List<CompiledRule> rules() {
    return fields.stream().flatMap(field -> field.rules().rules().stream()).toList();
  }

  /** Where the event may concern a rule; nowhere if it has none of the fields. */
  public List<CrowdKey> keysOf(Event event) {
    List<CrowdKey> keys = List.of();
    for (int i = 0; i < fields.size(); i++) {
      Field field = fields.get(i);
      if (!field.rules().waitsFor(event.type())) {
        continue;
      }
      String value = field.path().text(new Scope().at(event, name -> null));
      if (value != null && !value.isBlank()) {
        keys = keys.isEmpty() ? new ArrayList<>(fields.size()) : keys;
        keys.add(new CrowdKey(event.tenant(), field.name(), value));
      }
    }
    return keys;
  }
}
