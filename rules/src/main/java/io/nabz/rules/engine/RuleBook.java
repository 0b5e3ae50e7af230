package io.nabz.rules.engine;

import io.nabz.model.CustomerKey;
import io.nabz.rules.language.Rule;
import io.nabz.rules.language.RuleException;
import io.nabz.rules.language.RuleReader;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The rules of all tenants: the catalogue, and over it what each has written of its own. */
public final class RuleBook {
  private final Map<String, CompiledRule> catalogue = new LinkedHashMap<>();

  /** By tenant and id; empty for one that was deleted, which may be one of the catalogue. */
  private final Map<String, Map<String, Optional<CompiledRule>>> own = new HashMap<>();

  private final Map<String, RuleSet> sets = new HashMap<>();
  private final RuleSet ofTheRest;

  public RuleBook(Collection<CompiledRule> catalogue) {
    catalogue.forEach(rule -> this.catalogue.put(rule.rule().id(), rule));
    ofTheRest = new RuleSet(this.catalogue.values());
  }

  /** The rules that run over the customers of the tenant. */
  public RuleSet of(String tenant) {
    return sets.getOrDefault(tenant, ofTheRest);
  }

  /** Every rule that runs for somebody. */
  public Set<CompiledRule> running() {
    Set<CompiledRule> running = new HashSet<>(ofTheRest.rules());
    sets.values().forEach(set -> running.addAll(set.rules()));
    return running;
  }

  /**
   * Takes over a record of the topic of rules; a rule that does not compile changes nothing.
   *
   * @param key {@code tenant/id}; what is kept of former versions, {@code tenant/id@3}, is passed
   *     over
   * @param json null when the rule is gone
   * @throws RuleException with everything that is wrong
   */
  public void take(String key, byte[] json) {
    int slash = key.indexOf('/');
    if (slash < 0 || key.indexOf('@') >= 0) {
      return;
    }
    String tenant = key.substring(0, slash);
    String id = key.substring(slash + 1);
    if (!CustomerKey.isTenant(tenant)) {
      return;
    }
    Rule rule = json == null ? null : RuleReader.read(json);
    boolean deleted = rule != null && rule.source().path("deleted").asBoolean();
    CompiledRule compiled = rule == null || deleted ? null : RuleCompiler.compile(rule);
    Map<String, Optional<CompiledRule>> rules =
        own.computeIfAbsent(tenant, ignored -> new HashMap<>());
    if (rule == null) {
      rules.remove(id);
    } else {
      rules.put(id, Optional.ofNullable(compiled));
    }
    Map<String, CompiledRule> all = new LinkedHashMap<>(catalogue);
    rules.forEach(
        (name, one) -> one.ifPresentOrElse(r -> all.put(name, r), () -> all.remove(name)));
    sets.put(tenant, new RuleSet(all.values()));
  }
}
