package io.nabz.model;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Map;

/** The Kafka topics of the contract with their partitions and clean-up, declared once. */
public enum Topic {
  EVENTS("nabz.events", true, Cleanup.time(Duration.ofDays(30)), true),
  SNAPSHOTS("nabz.snapshots", true, Cleanup.compact(), false),
  /** Keyed by customer, so compaction has to wait until retention would take the alert anyway. */
  ALERTS("nabz.alerts", true, Cleanup.timeAndCompact(Duration.ofDays(90)), false),
  /** Each touchpoint once, as attributed to a customer: what a snapshot is too small to hold. */
  TIMELINE("nabz.timeline", true, Cleanup.time(Duration.ofDays(90)), false),
  ALERT_ACTIONS("nabz.alert-actions", false, Cleanup.time(Duration.ofDays(90)), false),
  RULES("nabz.rules", false, Cleanup.compact(), false),
  /** What rules that are started warm are given to remember, on its way from the API. */
  RULE_SEEDS("nabz.rule-seeds", false, Cleanup.time(Duration.ofHours(1)), true),
  /** What people have set up besides rules: webhooks with what waits for them, segments. */
  SETTINGS("nabz.settings", false, Cleanup.compact(), false),
  KPIS("nabz.kpis", false, Cleanup.compact(), false),
  DEAD_LETTERS("nabz.dead-letters", false, Cleanup.time(Duration.ofDays(30)), false),
  /** Who read of whom and who changed what, through the API. */
  AUDIT("nabz.audit", false, Cleanup.time(Duration.ofDays(365)), true);

  private final String topicName;
  private final boolean perCustomer;
  private final Map<String, String> config;

  Topic(String topicName, boolean perCustomer, Map<String, String> cleanup, boolean logAppendTime) {
    this.topicName = requireNonNull(topicName, "topicName is null");
    this.perCustomer = perCustomer;
    this.config =
        logAppendTime
            // The append time is the "received at" of an event: the broker's word, the same on
            // replay.
            ? Cleanup.with(cleanup, "message.timestamp.type", "LogAppendTime")
            : Map.copyOf(cleanup);
  }

  public String topicName() {
    return topicName;
  }

  /** Whether it is keyed by customer and so gets the many partitions; the others have one. */
  public boolean perCustomer() {
    return perCustomer;
  }

  /** Topic-level settings, as Kafka names them. */
  public Map<String, String> config() {
    return config;
  }

  private static final class Cleanup {
    static Map<String, String> time(Duration retention) {
      return Map.of(
          "cleanup.policy", "delete", "retention.ms", Long.toString(retention.toMillis()));
    }

    static Map<String, String> compact() {
      return Map.of("cleanup.policy", "compact");
    }

    static Map<String, String> timeAndCompact(Duration retention) {
      String millis = Long.toString(retention.toMillis());
      return Map.of(
          "cleanup.policy", "compact,delete",
          "retention.ms", millis,
          "min.compaction.lag.ms", millis);
    }

    static Map<String, String> with(Map<String, String> base, String key, String value) {
      Map<String, String> all = new java.util.HashMap<>(base);
      all.put(key, value);
      return Map.copyOf(all);
    }
  }
}
