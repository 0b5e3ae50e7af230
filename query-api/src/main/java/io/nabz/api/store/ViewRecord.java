package io.nabz.api.store;

import static java.util.Objects.requireNonNull;

import io.nabz.model.Topic;

/**
 * One record of a topic that a view is made of; a null value takes the key away.
 *
 * @param underWay of a snapshot, what rules have under way; null for nothing
 */
public record ViewRecord(
    Topic topic, int partition, long offset, byte[] key, byte[] value, byte[] underWay) {
  public ViewRecord {
    requireNonNull(topic, "topic is null");
  }

  public ViewRecord(Topic topic, int partition, long offset, byte[] key, byte[] value) {
    this(topic, partition, offset, key, value, null);
  }
}
