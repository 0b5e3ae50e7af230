package io.nabz.api.intake;

import static java.util.Objects.requireNonNull;

import io.nabz.model.Topic;
import java.util.Map;

/** One record for the broker. */
public record Outgoing(Topic topic, String key, byte[] value, Map<String, String> headers) {
  public Outgoing {
    requireNonNull(topic, "topic is null");
    requireNonNull(key, "key is null");
    requireNonNull(value, "value is null");
    headers = Map.copyOf(headers);
  }
}
