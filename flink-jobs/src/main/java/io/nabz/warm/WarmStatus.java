package io.nabz.warm;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nabz.model.Json;

/**
 * What came of a warm start, kept beside the rule's versions in their topic.
 *
 * @param version of the rule
 * @param customers of a warm one, those of whom something had begun before
 * @param reason of a cold one, why and what to do
 */
public record WarmStatus(State state, int version, long customers, String reason) {
  /** How the rule runs. */
  public enum State {
    /** It knows what had begun before it was written. */
    WARM("warm"),
    /** It began with the next event. */
    COLD("cold");

    private final String code;

    State(String code) {
      this.code = code;
    }

    /** The name on the wire. */
    public String code() {
      return code;
    }
  }

  /** What to do about a cold one, to end its reason. */
  public static final String AGAIN = "put it once more with start=warm";

  private static final String SUFFIX = "@started";

  public WarmStatus {
    requireNonNull(state, "state is null");
  }

  public static WarmStatus warm(int version, long customers) {
    return new WarmStatus(State.WARM, version, customers, null);
  }

  public static WarmStatus cold(int version, String reason) {
    return new WarmStatus(State.COLD, version, 0, requireNonNull(reason, "reason is null"));
  }

  /**
   * The key under which it is kept.
   *
   * @param rule {@code tenant/id}
   */
  public static String keyOf(String rule) {
    return rule + SUFFIX;
  }

  /** The rule, as {@code tenant/id}, that a record of the topic of rules is about; or null. */
  public static String ruleOf(String key) {
    return key.endsWith(SUFFIX) ? key.substring(0, key.length() - SUFFIX.length()) : null;
  }

  public byte[] toBytes() {
    return Json.bytes(toJson().put("version", version));
  }

  /** As it is served. */
  public ObjectNode toJson() {
    ObjectNode json = Json.mapper().createObjectNode().put("state", state.code());
    return state == State.WARM ? json.put("customers", customers) : json.put("reason", reason);
  }

  /** What such a record says. */
  public static WarmStatus of(JsonNode json) {
    boolean warm = json.path("state").asText().equals(State.WARM.code());
    int version = json.path("version").asInt();
    return warm
        ? warm(version, json.path("customers").asLong())
        : cold(version, json.path("reason").asText());
  }
}
