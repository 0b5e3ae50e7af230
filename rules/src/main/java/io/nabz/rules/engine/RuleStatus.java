package io.nabz.rules.engine;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nabz.model.Json;

/**
 * That a version of a rule is held back, and why. It is kept beside the rule's versions in their
 * topic, so that all instances know it, and with them whoever asks.
 *
 * @param reason what is wrong and what to do
 */
public record RuleStatus(State state, int version, String reason) {
  /** How a rule is held back. */
  public enum State {
    /** It runs, but not on all that it asks for. */
    THROTTLED("throttled"),
    /** It does not run any more, until it is changed. */
    SUSPENDED("suspended");

    private final String code;

    State(String code) {
      this.code = code;
    }

    /** The name on the wire. */
    public String code() {
      return code;
    }

    /** The key under which a rule's status of this kind is kept. */
    public String keyOf(String tenant, String id) {
      return tenant + '/' + id + '@' + code;
    }
  }

  public RuleStatus {
    requireNonNull(state, "state is null");
    requireNonNull(reason, "reason is null");
  }

  public byte[] toBytes() {
    return Json.bytes(toJson());
  }

  public ObjectNode toJson() {
    return Json.mapper()
        .createObjectNode()
        .put("state", state.code())
        .put("version", version)
        .put("reason", reason);
  }

  /** What a record of the topic of rules says of the rule, or null when it is something else. */
  public static RuleStatus of(String key, JsonNode value) {
    for (State state : State.values()) {
      if (value != null && key.endsWith('@' + state.code())) {
        return new RuleStatus(state, value.path("version").asInt(), value.path("reason").asText());
      }
    }
    return null;
  }
}
