package io.nabz.api.store;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiPredicate;

/**
 * What a saved segment asks, ready to be asked of one customer.
 *
 * @param revision another one for each change of what it asks
 * @param test of what can be searched for, and the moment from which ages are counted
 * @param ages that the last contact is compared with: time alone takes customers over these
 */
public record WatchedSegment(
    String segmentId,
    String revision,
    BiPredicate<SearchFields, Instant> test,
    List<Duration> ages) {
  public WatchedSegment {
    requireNonNull(segmentId, "segmentId is null");
    requireNonNull(revision, "revision is null");
    requireNonNull(test, "test is null");
    ages = List.copyOf(ages);
  }
}
