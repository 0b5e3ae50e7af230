package io.nabz.customer.state;

/** One event of the basket, or an order, as far as it matters to the basket. */
public class CartMove {
  public long timeMs;
  public String eventId;

  /** Code of what kind of move it is. */
  public char kind;

  public String cartId;
  public String sku;
  public String name;

  /** Not a number when the event names none. */
  public double quantity;

  public String price;
  public String currency;
}
