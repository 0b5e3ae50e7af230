package io.nabz.api.live;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who watches what. Not safe for use by several threads; its hub guards it. */
final class Registry<K, S> {
  private final Map<K, Set<S>> watchers = new HashMap<>();

  void add(K key, S watcher) {
    watchers.computeIfAbsent(key, k -> new LinkedHashSet<>()).add(watcher);
  }

  void remove(K key, S watcher) {
    Set<S> of = watchers.get(key);
    if (of != null && of.remove(watcher) && of.isEmpty()) {
      watchers.remove(key);
    }
  }

  Collection<S> of(K key) {
    return watchers.getOrDefault(key, Set.of());
  }

  List<S> all() {
    return watchers.values().stream().flatMap(Collection::stream).toList();
  }

  boolean isWatched(K key) {
    return watchers.containsKey(key);
  }
}
