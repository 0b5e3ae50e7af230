package io.nabz.customer.state;

import java.util.ArrayList;
import java.util.List;

/**
 * The basket and the clock of its abandonment: what follows from {@link #base} and {@link #moves}
 * stands beside them, so that only an event of the basket has to work it out.
 */
public class CartRecord {
  public static final int MAX_LINES = 50;

  public String cartId;
  public List<CartLine> lines = new ArrayList<>();

  /** First cart event since the cart was last empty; zero when it is. */
  public long openedAtMs;

  /** Newest cart, checkout or payment event; zero when there was none since the last order. */
  public long lastActivityMs;

  public String lastActivityEventId;
  public String lastActivityType;
  public long checkoutAtMs;

  /** Newest order: what happened to the cart before it is settled. */
  public long orderedAtMs = Long.MIN_VALUE;

  /** When the cart counted as abandoned; zero while it does not. */
  public long abandonedAtMs;

  /** By time; null for none. */
  public List<CartMove> moves;

  /** What was before the moves; null for nothing. */
  public CartBase base;
}
