package io.nabz.api.rules;

import static io.nabz.rules.engine.RuleStatus.State.SUSPENDED;
import static io.nabz.rules.engine.RuleStatus.State.THROTTLED;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nabz.rules.engine.RuleStatus;
import io.nabz.warm.WarmStatus;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** All rules and their former versions, in memory: they are few and small. */
final class RuleRecords {
  private final Map<String, ObjectNode> newest = new ConcurrentHashMap<>();
  private final Map<String, NavigableMap<Integer, ObjectNode>> versions = new ConcurrentHashMap<>();

  /** By the key of the record. */
  private final Map<String, RuleStatus> statuses = new ConcurrentHashMap<>();

  /** What came of the newest warm start of each rule. */
  private final Map<String, WarmStatus> starts = new ConcurrentHashMap<>();

  /** Takes over a record of the topic. */
  void take(String key, ObjectNode rule) {
    int at = key.lastIndexOf('@');
    RuleStatus status = RuleStatus.of(key, rule);
    String started = WarmStatus.ruleOf(key);
    if (started != null) {
      if (rule != null) {
        starts.put(started, WarmStatus.of(rule));
      }
    } else if (status != null) {
      statuses.put(key, status);
    } else if (at >= 0) {
      if (rule != null) {
        versions
            .computeIfAbsent(key.substring(0, at), ignored -> new ConcurrentSkipListMap<>())
            .put(rule.path("version").asInt(), rule);
      }
    } else if (rule == null) {
      newest.remove(key);
    } else {
      newest.put(key, rule);
    }
  }

  Optional<ObjectNode> newest(String key) {
    return Optional.ofNullable(newest.get(key));
  }

  /** How that version is held back, or null when it is not. */
  RuleStatus status(String tenant, String id, int version) {
    for (RuleStatus.State state : List.of(SUSPENDED, THROTTLED)) {
      RuleStatus status = statuses.get(state.keyOf(tenant, id));
      if (status != null && status.version() == version) {
        return status;
      }
    }
    return null;
  }

  /** What came of its newest warm start, or null. */
  WarmStatus started(String key) {
    return starts.get(key);
  }

  /** Oldest first. */
  List<ObjectNode> versions(String key) {
    NavigableMap<Integer, ObjectNode> known = versions.get(key);
    return known == null ? List.of() : List.copyOf(known.values());
  }

  /** The tenant's own, by id, deleted ones among them. */
  Collection<Map.Entry<String, ObjectNode>> of(String tenant) {
    NavigableMap<String, ObjectNode> own = new TreeMap<>();
    newest.forEach(
        (key, rule) -> {
          if (key.startsWith(tenant + '/')) {
            own.put(key.substring(tenant.length() + 1), rule);
          }
        });
    return own.entrySet();
  }
}
