package io.nabz.identity;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.time.Duration;

/**
 * How much is kept so that it can be given to whom it belongs.
 *
 * @param keepEvents newest events kept by an identifier
 * @param keepFor how long they are kept, by their own times
 * @param mergeKeepEvents newest events kept of a customer in case it is merged; 0 for none
 * @param confirmEvery how soon the same claim to an identifier counts as news again
 * @param forgottenAfter how long after its last use an identifier is forgotten
 */
public record IdentityPolicy(
    int keepEvents,
    Duration keepFor,
    int mergeKeepEvents,
    Duration confirmEvery,
    Duration forgottenAfter)
    implements Serializable {

  /**
   * What a node's kept events may take, whatever their number; twice as much for a moment. An event
   * may have 256 KiB, an ordinary one has less than one.
   */
  public static final int MAX_KEPT_BYTES = 1024 * 1024;

  /** A customer recognises this many events when they come again. */
  public static final int MAX_MERGE_KEEP_EVENTS = 256;

  public static final IdentityPolicy DEFAULT =
      new IdentityPolicy(
          500, Duration.ofDays(30), 200, Duration.ofMinutes(1), Duration.ofDays(400));

  public IdentityPolicy {
    requireNonNull(keepFor, "keepFor is null");
    requireNonNull(confirmEvery, "confirmEvery is null");
    requireNonNull(forgottenAfter, "forgottenAfter is null");
    if (keepEvents < 1 || keepEvents > 10_000) {
      throw new IllegalArgumentException("keepEvents must be 1 to 10000");
    }
    if (mergeKeepEvents < 0 || mergeKeepEvents > MAX_MERGE_KEEP_EVENTS) {
      throw new IllegalArgumentException("mergeKeepEvents must be 0 to " + MAX_MERGE_KEEP_EVENTS);
    }
    if (keepFor.isNegative() || keepFor.isZero() || keepFor.compareTo(forgottenAfter) > 0) {
      throw new IllegalArgumentException("keepFor must be positive and at most forgottenAfter");
    }
    if (confirmEvery.isNegative()) {
      throw new IllegalArgumentException("confirmEvery must not be negative");
    }
  }
}
