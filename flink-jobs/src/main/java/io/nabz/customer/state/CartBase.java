package io.nabz.customer.state;

import java.util.ArrayList;
import java.util.List;

/** A basket as it stood after the moves that are too old for another to come in between. */
public class CartBase {
  public String cartId;
  public List<CartLine> lines = new ArrayList<>(2);
  public long openedAtMs;
  public long lastActivityMs;
  public String lastActivityEventId;
  public String lastActivityType;
  public long checkoutAtMs;
  public long orderedAtMs = Long.MIN_VALUE;

  /** Time of the newest move in it. */
  public long settledToMs = Long.MIN_VALUE;
}
