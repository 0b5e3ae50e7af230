package io.nabz.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nabz.model.Topic;
import io.nabz.rules.catalogue.Catalogue;
import io.nabz.rules.engine.CompiledRule;
import io.nabz.rules.engine.Crowds;
import io.nabz.rules.engine.RuleBook;
import io.nabz.rules.engine.RuleSet;
import io.nabz.rules.engine.Watches;
import io.nabz.rules.language.RuleException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rules that an operator runs, and how they fare there. Broadcast state: {@code rules}, each
 * rule as it was last written, by tenant and id, and which versions are suspended, the same on all
 * parallel instances; and how far a warm start is.
 */
final class RunningRules {
  static final MapStateDescriptor<String, byte[]> RULES =
      new MapStateDescriptor<>(
          "rules", Types.STRING, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);

  private static final long NEVER_WATCHED = Long.MIN_VALUE;

  private static final Logger LOG = LoggerFactory.getLogger(RunningRules.class);

  private final RuleBook book = new RuleBook(Catalogue.compiled());
  private final BroadcastState<String, byte[]> stored;

  private long watchedAtMs = NEVER_WATCHED;

  private RunningRules(BroadcastState<String, byte[]> stored) {
    this.stored = stored;
  }

  /** Takes up the rules that a checkpoint holds. */
  static RunningRules restore(OperatorStateStore store) throws Exception {
    RunningRules rules = new RunningRules(store.getBroadcastState(RULES));
    for (Map.Entry<String, byte[]> rule : rules.stored.immutableEntries()) {
      rules.take(rule.getKey(), rule.getValue());
    }
    return rules;
  }

  /** Those that run over each of the tenant's customers. */
  RuleSet of(String tenant) {
    return book.of(tenant);
  }

  /** Those that run across the tenant's customers. */
  Crowds crowds(String tenant) {
    return book.crowds(tenant);
  }

  /** Those that watch the tenant's sources and queues. */
  Watches watches(String tenant) {
    return book.watches(tenant);
  }

  /**
   * A rule has been written, suspended, or is gone; one that does not compile leaves the former
   * running.
   */
  void change(RuleChange change) throws Exception {
    if (!take(change.key, change.rule)) {
      return;
    }
    if (change.rule == null) {
      stored.remove(change.key);
    } else {
      stored.put(change.key, change.rule);
    }
  }

  /**
   * How many rules are held back. What has become of one since this was last asked goes out as a
   * record of the topic of rules: from there all instances take that it is suspended, this one too.
   */
  int watch(long nowMs, Consumer<Outbound> out) {
    long passedMs = watchedAtMs == NEVER_WATCHED ? 0 : nowMs - watchedAtMs;
    watchedAtMs = nowMs;
    if (passedMs > 0) {
      book.news(TimeUnit.MILLISECONDS.toNanos(passedMs))
          .forEach(
              (key, status) -> {
                LOG.warn("rule {} is {}: {}", key, status.state().code(), status.reason());
                out.accept(new Outbound(Topic.RULES, key.getBytes(UTF_8), status.toBytes()));
              });
    }
    int count = 0;
    for (CompiledRule rule : book.running()) {
      count += rule.health().throttled() == null ? 0 : 1;
    }
    return count;
  }

  /** The tenant's own rule as it was last written; the key is {@code tenant/id}. */
  Optional<CompiledRule> own(String key) {
    return book.own(key);
  }

  /** Lets a rule begin nothing, or no longer so. */
  void hold(String key, boolean hold) {
    book.hold(key, hold);
  }

  /** What is kept beside the rules under keys that end so, by the rule. */
  Map<String, byte[]> marks(String suffix) throws Exception {
    Map<String, byte[]> marks = new HashMap<>();
    for (Map.Entry<String, byte[]> entry : stored.immutableEntries()) {
      if (entry.getKey().endsWith(suffix)) {
        String key = entry.getKey();
        marks.put(key.substring(0, key.length() - suffix.length()), entry.getValue());
      }
    }
    return marks;
  }

  /**
   * Keeps something beside a rule.
   *
   * @param mark null for nothing any more
   */
  void mark(String key, byte[] mark) throws Exception {
    if (mark == null) {
      stored.remove(key);
    } else {
      stored.put(key, mark);
    }
  }

  private boolean take(String key, byte[] rule) {
    try {
      return book.take(key, rule);
    } catch (RuleException e) {
      LOG.warn("a rule is not taken over, the former one goes on: {}", e.getMessage());
      return false;
    }
  }
}
