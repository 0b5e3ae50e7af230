package io.nabz.api.intake;

import static java.util.Objects.requireNonNull;

import io.nabz.model.Topic;
import java.util.Map;

/**
 * One record for the broker.
 *
 * @param value null takes the key out of a compacted topic
 */
public record Outgoing(Topic topic, String key, byte[] value, Map<String, String> headers) {
  public Outgoing {
    requireNonNull(topic, "topic is null");
    requireNonNull(key, "key is null");
    headers = Map.copyOf(headers);
  }
}
