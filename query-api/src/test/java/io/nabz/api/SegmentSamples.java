package io.nabz.api;

import io.nabz.model.ContactState;
import io.nabz.model.Money;
import io.nabz.model.Snapshot;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Customers who are in segments or not. */
public final class SegmentSamples {
  private SegmentSamples() {}

  /**
   * @param tier null for none
   * @param lastContact null for none
   */
  public static Snapshot customer(String id, long version, String tier, Instant lastContact) {
    Snapshot like =
        Samples.snapshot(
            id,
            version,
            lastContact == null
                ? List.of()
                : List.of(Samples.contact("k", ContactState.CONNECTED, lastContact)),
            null,
            List.of());
    return new Snapshot(
        id,
        version,
        Samples.TEN.plusSeconds(version),
        like.identity(),
        List.of(),
        like.currentActivity(),
        like.history(),
        new Snapshot.Value(
            0, new Money(BigDecimal.ZERO, "IRR"), tier, null, List.of(), Samples.TEN),
        null,
        List.of(),
        null,
        Map.of());
  }
}
