package io.nabz.backtest;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What a rule would remember of one customer if it had been there before.
 *
 * @param customer {@code tenant/customerId}
 * @param section the rule's section as the engine packs it; null for nothing
 * @param kept what came after that and is not in it, in the order in which it came
 */
public record Seed(String customer, byte[] section, List<Event> kept) {
  /** Of one customer; more are not handed over. */
  public static final int MAX_EVENTS = 256;

  /**
   * An event as the broker had it.
   *
   * @param bytes the record's value, untouched
   */
  public record Event(long receivedAtMs, byte[] bytes) {}

  public Seed {
    requireNonNull(customer, "customer is null");
    kept = kept == null ? List.of() : List.copyOf(kept);
  }
}
