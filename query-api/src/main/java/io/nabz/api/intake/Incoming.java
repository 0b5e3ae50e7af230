package io.nabz.api.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.nabz.model.Refusal;
import java.util.List;

/**
 * What one message of a sender says: the events in it, possibly none, or the reason why it cannot
 * be used.
 */
public record Incoming(List<JsonNode> events, Refusal refusal) {
  public Incoming {
    events = List.copyOf(events);
  }

  public static Incoming of(JsonNode event) {
    return new Incoming(List.of(event), null);
  }

  public static Incoming refused(Refusal.Reason reason, String detail) {
    return refused(new Refusal(reason, detail));
  }

  public static Incoming refused(Refusal refusal) {
    return new Incoming(List.of(), refusal);
  }
}
