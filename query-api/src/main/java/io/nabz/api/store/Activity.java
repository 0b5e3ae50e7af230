package io.nabz.api.store;

import io.nabz.model.CartState;
import io.nabz.model.ContactState;
import io.nabz.model.Money;
import java.time.Instant;
import java.util.List;

/** The floor now: conversations and baskets of all customers of a tenant, newest first, bounded. */
public record Activity(Instant asOf, Totals totals, List<Contact> contacts, List<Cart> carts) {
  /** The most entries that each list holds. */
  public static final int MAX_ENTRIES = 100;

  public Activity {
    contacts = List.copyOf(contacts);
    carts = List.copyOf(carts);
  }

  /**
   * How many there are in all.
   *
   * @param waiting contacts that are queued
   * @param carts open or in checkout
   */
  public record Totals(
      long contacts, long waiting, long carts, long abandonedCarts, long customers) {}

  /** One conversation that is not over. */
  public record Contact(
      String customerId,
      String name,
      String contactId,
      String channel,
      ContactState state,
      String queue,
      String agentId,
      Instant since) {}

  /** One basket; {@code items} counts pieces. */
  public record Cart(
      String customerId,
      String name,
      String cartId,
      CartState state,
      int items,
      Money value,
      Instant since) {}
}
