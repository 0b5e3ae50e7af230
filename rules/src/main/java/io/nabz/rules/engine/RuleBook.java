package io.nabz.rules.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.nabz.model.CustomerKey;
import io.nabz.model.Json;
import io.nabz.rules.language.Rule;
import io.nabz.rules.language.RuleException;
import io.nabz.rules.language.RuleReader;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rules of all tenants: the catalogue, and over it what each has written of its own. */
public final class RuleBook {
  private static final String SUSPENDED = '@' + RuleStatus.State.SUSPENDED.code();

  private final Map<String, CompiledRule> catalogue = new LinkedHashMap<>();

  /** By tenant and id; empty for one that was deleted, which may be one of the catalogue. */
  private final Map<String, Map<String, Optional<CompiledRule>>> own = new HashMap<>();

  /** What runs for a tenant. */
  private record Running(RuleSet customers, Crowds crowds, Watches watches) {
    static Running of(Collection<CompiledRule> all) {
      List<CompiledRule> watching = all.stream().filter(rule -> rule.rule().isWatch()).toList();
      List<CompiledRule> matching = all.stream().filter(rule -> !rule.rule().isWatch()).toList();
      List<CompiledRule> across = matching.stream().filter(rule -> rule.rule().isAcross()).toList();
      List<CompiledRule> others =
          matching.stream().filter(rule -> !rule.rule().isAcross()).toList();
      return new Running(new RuleSet(others), new Crowds(across), new Watches(watching));
    }

    Stream<CompiledRule> rules() {
      return Stream.of(customers.rules(), crowds.rules(), watches.rules()).flatMap(List::stream);
    }
  }

  private final Map<String, Running> sets = new HashMap<>();

  /** The versions that cost too much, by tenant and id. */
  private final Map<String, Integer> suspended = new HashMap<>();

  /** Those that begin nothing for the while, by tenant and id. */
  private final Set<String> held = new HashSet<>();

  private final Running ofTheRest;

  public RuleBook(Collection<CompiledRule> catalogue) {
    catalogue.forEach(rule -> this.catalogue.put(rule.rule().id(), rule));
    ofTheRest = Running.of(this.catalogue.values());
  }

  /** The rules that run over the customers of the tenant. */
  public RuleSet of(String tenant) {
    return sets.getOrDefault(tenant, ofTheRest).customers();
  }

  /** The rules that run across the customers of the tenant. */
  public Crowds crowds(String tenant) {
    return sets.getOrDefault(tenant, ofTheRest).crowds();
  }

  /** The rules that watch the sources and queues of the tenant. */
  public Watches watches(String tenant) {
    return sets.getOrDefault(tenant, ofTheRest).watches();
  }

  /** Every rule that runs for somebody. */
  public Set<CompiledRule> running() {
    return Stream.concat(Stream.of(ofTheRest), sets.values().stream())
        .flatMap(Running::rules)
        .collect(Collectors.toSet());
  }

  /**
   * Takes over a record of the topic of rules; a rule that does not compile changes nothing.
   *
   * @param key {@code tenant/id}; or {@code tenant/id@suspended}, after which that version does not
   *     run. What else is kept of a rule, as former versions under {@code tenant/id@3}, is passed
   *     over
   * @param json null when the rule is gone
   * @return whether the record has a bearing on what runs
   * @throws RuleException with everything that is wrong
   */
  public boolean take(String key, byte[] json) {
    int slash = key.indexOf('/');
    int at = key.indexOf('@');
    if (slash < 0 || !CustomerKey.isTenant(key.substring(0, slash))) {
      return false;
    }
    String tenant = key.substring(0, slash);
    if (at >= 0) {
      return suspend(tenant, key, at, json);
    }
    String id = key.substring(slash + 1);
    Rule rule = json == null ? null : RuleReader.read(json);
    boolean deleted = rule != null && rule.source().path("deleted").asBoolean();
    CompiledRule compiled = rule == null || deleted ? null : RuleCompiler.compile(rule);
    Map<String, Optional<CompiledRule>> rules =
        own.computeIfAbsent(tenant, ignored -> new HashMap<>());
    if (rule == null) {
      rules.remove(id);
    } else {
      rules.put(id, Optional.ofNullable(compiled));
      if (compiled != null) {
        compiled.hold(held.contains(key));
      }
    }
    gather(tenant);
    return true;
  }

  /**
   * The tenant's own rule as it was last taken, running or not.
   *
   * @param key {@code tenant/id}
   */
  public Optional<CompiledRule> own(String key) {
    int slash = key.indexOf('/');
    return slash < 0
        ? Optional.empty()
        : own.getOrDefault(key.substring(0, slash), Map.of())
            .getOrDefault(key.substring(slash + 1), Optional.empty());
  }

  /**
   * Lets a rule go on only where it remembers something, and begin nothing; or no longer so.
   *
   * @param key {@code tenant/id}
   */
  public void hold(String key, boolean hold) {
    if (hold) {
      held.add(key);
    } else {
      held.remove(key);
    }
    own(key).ifPresent(rule -> rule.hold(hold));
  }

  private boolean suspend(String tenant, String key, int at, byte[] json) {
    RuleStatus status = json == null ? null : RuleStatus.of(key, tree(json));
    if (!key.endsWith(SUSPENDED)) {
      return false;
    }
    if (status == null) {
      suspended.remove(key.substring(0, at));
    } else {
      suspended.put(key.substring(0, at), status.version());
    }
    gather(tenant);
    return true;
  }

  /** Puts together what runs for the tenant. */
  private void gather(String tenant) {
    Map<String, CompiledRule> all = new LinkedHashMap<>(catalogue);
    own.getOrDefault(tenant, Map.of())
        .forEach((name, one) -> one.ifPresentOrElse(r -> all.put(name, r), () -> all.remove(name)));
    all.values()
        .removeIf(
            rule ->
                Objects.equals(
                    suspended.get(tenant + '/' + rule.rule().id()), rule.rule().version()));
    sets.put(tenant, Running.of(all.values()));
  }

  /**
   * What there is to say of rules that are held back, by the key under which it is kept; each is
   * said once, and again when it has become much worse.
   *
   * @param passedNanos since this was last asked
   */
  public Map<String, RuleStatus> news(long passedNanos) {
    running().forEach(rule -> rule.health().look(passedNanos));
    Map<String, RuleStatus> news = new TreeMap<>();
    // Of the catalogue's own rules one says it for all tenants that run it.
    Map<CompiledRule, RuleStatus> said = new HashMap<>();
    Map<String, Running> all = new TreeMap<>(sets);
    all.putIfAbsent(CustomerKey.DEFAULT_TENANT, ofTheRest);
    all.forEach(
        (tenant, set) -> {
          for (CompiledRule rule : set.rules().toList()) {
            RuleStatus status =
                said.computeIfAbsent(rule, one -> one.health().news(one.rule().version()));
            if (status != null) {
              news.put(status.state().keyOf(tenant, rule.rule().id()), status);
            }
          }
        });
    return news;
  }

  private static JsonNode tree(byte[] json) {
    try {
      return Json.tree(json);
    } catch (IOException e) {
      return null;
    }
  }
}
