package io.nabz.api.store;

import static java.util.Objects.requireNonNull;

import io.nabz.model.Topic;

/** One record of a topic that a view is made of; a null value takes the key away. */
public record ViewRecord(Topic topic, int partition, long offset, byte[] key, byte[] value) {
  public ViewRecord {
    requireNonNull(topic, "topic is null");
  }
}
