package io.nabz.api.store;

import static java.util.Objects.requireNonNull;

import io.nabz.model.CustomerKey;
import io.nabz.model.StableHash;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A customer has come into a segment or left it. Of one snapshot each can happen once at most: what
 * a segment asks of a customer's age holds over one stretch of time.
 *
 * @param tenant of the customer
 * @param version of the snapshot by which it is so
 * @param identifiers of a customer who is known by nothing better; else empty
 */
public record SegmentMove(
    String tenant,
    String customerId,
    String segmentId,
    String revision,
    boolean entered,
    long version,
    Instant at,
    Map<String, List<String>> identifiers) {
  public SegmentMove {
    requireNonNull(tenant, "tenant is null");
    requireNonNull(customerId, "customerId is null");
    requireNonNull(segmentId, "segmentId is null");
    requireNonNull(revision, "revision is null");
    requireNonNull(at, "at is null");
    identifiers = Map.copyOf(identifiers);
  }

  static SegmentMove of(
      CustomerKey key,
      WatchedSegment segment,
      boolean entered,
      long version,
      Instant at,
      Map<String, List<String>> identifiers) {
    return new SegmentMove(
        key.tenant(),
        key.customerId(),
        segment.segmentId(),
        segment.revision(),
        entered,
        version,
        at,
        identifiers);
  }

  /** The same however often it is told, and on every replica that reads the same snapshots. */
  public String eventId() {
    return StableHash.id(
        tenant,
        segmentId,
        revision,
        customerId,
        Long.toString(version),
        entered ? "entered" : "left");
  }
}
