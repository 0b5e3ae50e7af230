package io.nabz.api.store;

import static java.util.Objects.requireNonNull;

import io.nabz.model.CustomerKey;

/** A snapshot as the stream wrote it, so that fields this reader does not know pass through. */
public record CustomerSnapshot(CustomerKey key, long version, byte[] json) {
  public CustomerSnapshot {
    requireNonNull(key, "key is null");
    requireNonNull(json, "json is null");
  }
}
