package io.nabz.rules.engine;

import io.nabz.rules.language.Across;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The rules of a tenant that watch its sources and queues, each kind by id. */
public final class Watches {
  private final List<CompiledRule> sources;
  private final List<CompiledRule> queues;

  public Watches(Collection<CompiledRule> rules) {
    sources = of(rules, Across.SOURCES);
    queues = of(rules, Across.QUEUES);
  }

  private static List<CompiledRule> of(Collection<CompiledRule> rules, Across across) {
    return rules.stream()
        .filter(rule -> rule.rule().enabled() && rule.rule().across() == across)
        .sorted(Comparator.comparing(rule -> rule.rule().id()))
        .toList();
  }

  /** Those that watch whether sources speak. */
  public List<CompiledRule> sources() {
    return sources;
  }

  /** Those that watch the figures of queues. */
  public List<CompiledRule> queues() {
    return queues;
  }

  public List<CompiledRule> rules() {
    return Stream.concat(sources.stream(), queues.stream()).toList();
  }
}
