package io.nabz.job;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.nabz.model.CustomerKey;
import io.nabz.model.Json;
import io.nabz.rules.engine.CompiledRule;
import io.nabz.rules.language.RuleException;
import io.nabz.rules.language.RuleReader;
import io.nabz.warm.HandOver;
import io.nabz.warm.WarmStatus;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;

/** One rule that is being started warm, on one instance. */
final class WarmStart {
  /** Ends the key under which it is kept beside the rule. */
  static final String MARK = "@warming";

  private final String key;
  private final CompiledRule rule;
  private final HandOver handOver;
  private final long writtenAtMs;
  private final long clockMs;
  private final long takenAtMs;
  private long seeds;
  private int remembered;

  private WarmStart(
      String key, CompiledRule rule, long writtenAtMs, long clockMs, long takenAtMs, long seeds) {
    this.key = requireNonNull(key, "key is null");
    this.rule = requireNonNull(rule, "rule is null");
    this.handOver = new HandOver(rule);
    this.writtenAtMs = writtenAtMs;
    this.clockMs = clockMs;
    this.takenAtMs = takenAtMs;
    this.seeds = seeds;
  }

  static WarmStart of(String key, CompiledRule rule, long clockMs, long wallMs) {
    return new WarmStart(key, rule, writtenAtMs(rule, wallMs), clockMs, wallMs, 0);
  }

  static WarmStart restored(String key, CompiledRule rule, byte[] mark, long wallMs)
      throws IOException {
    JsonNode json = Json.tree(mark);
    return new WarmStart(
        key,
        rule,
        writtenAtMs(rule, wallMs),
        json.path("clockMs").asLong(),
        wallMs,
        json.path("seeds").asLong());
  }

  /** What a checkpoint has to hold of it. */
  byte[] mark() {
    return Json.bytes(Json.mapper().createObjectNode().put("clockMs", clockMs).put("seeds", seeds));
  }

  private static long writtenAtMs(CompiledRule rule, long otherwise) {
    try {
      return Instant.parse(rule.rule().source().path("changedAt").asText()).toEpochMilli();
    } catch (DateTimeException e) {
      return otherwise;
    }
  }

  String key() {
    return key;
  }

  CompiledRule rule() {
    return rule;
  }

  HandOver handOver() {
    return handOver;
  }

  int version() {
    return rule.rule().version();
  }

  /** When the rule was written, in wall time. */
  long writtenAtMs() {
    return writtenAtMs;
  }

  /** What the broker had before is in the seeds. */
  long sinceMs() {
    return writtenAtMs - HandOver.LAG.toMillis();
  }

  /** Where the stream's clock stood when the rule came. */
  long clockMs() {
    return clockMs;
  }

  /** When this instance took it, in wall time. */
  long takenAtMs() {
    return takenAtMs;
  }

  long seeds() {
    return seeds;
  }

  /** One more seed has come by; gives {@link #mark}. */
  byte[] oneMore() {
    seeds++;
    return mark();
  }

  int remembered() {
    return remembered;
  }

  void rememberedOneMore() {
    remembered++;
  }

  boolean isOf(CustomerKey customer) {
    return key.startsWith(customer.tenant() + '/');
  }

  /** Whether the document is the very version that is being started. */
  boolean isOf(byte[] document) {
    try {
      return document != null && RuleReader.tree(document).path("version").asInt() == version();
    } catch (RuleException e) {
      // The rule does not change by it.
      return true;
    }
  }

  /** Null for what says nothing. */
  static WarmStatus status(byte[] json) {
    try {
      return json == null ? null : WarmStatus.of(Json.tree(json));
    } catch (IOException e) {
      return null;
    }
  }
}
