package io.nabz.warm;

import static java.util.Objects.requireNonNull;

import io.nabz.backtest.Seed;
import io.nabz.model.Json;
import java.io.IOException;

/**
 * A record of the topic of seeds, keyed {@code tenant/ruleId}: what API and stream say to each
 * other about one warm start.
 *
 * @param version of the rule
 * @param instance which parallel instance of the stream says it; null from the API
 * @param of how many instances there are; null from the API
 * @param seed of {@link Kind#SEED}
 * @param seeds of {@link Kind#END}, how many there were; null when the rule goes on cold
 * @param reason of {@link Kind#ENDED}, why the rule goes on cold there; null when it is warm
 */
public record WarmMessage(
    Kind kind, int version, Integer instance, Integer of, Seed seed, Long seeds, String reason) {
  /** What is said. */
  public enum Kind {
    /** By an instance: from now on it begins nothing by itself and remembers what comes. */
    TAKEN,
    /** By the API: what is to be remembered of one customer. */
    SEED,
    /** By the API: there are no further seeds. */
    END,
    /** By an instance: from now on it runs the rule as any other. */
    ENDED
  }

  public WarmMessage {
    requireNonNull(kind, "kind is null");
  }

  public static WarmMessage taken(int version, int instance, int of) {
    return new WarmMessage(Kind.TAKEN, version, instance, of, null, null, null);
  }

  public static WarmMessage seed(int version, Seed seed) {
    return new WarmMessage(Kind.SEED, version, null, null, seed, null, null);
  }

  /**
   * @param seeds null when the rule goes on cold
   */
  public static WarmMessage end(int version, Long seeds) {
    return new WarmMessage(Kind.END, version, null, null, null, seeds, null);
  }

  /**
   * @param reason null when the rule is warm
   */
  public static WarmMessage ended(int version, int instance, int of, String reason) {
    return new WarmMessage(Kind.ENDED, version, instance, of, null, null, reason);
  }

  public byte[] toBytes() {
    return Json.bytes(this);
  }

  /** Null for what is no message. */
  public static WarmMessage of(byte[] json) {
    try {
      return json == null ? null : Json.read(json, WarmMessage.class);
    } catch (IOException | IllegalArgumentException e) {
      return null;
    }
  }
}
