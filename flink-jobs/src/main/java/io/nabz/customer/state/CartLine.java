package io.nabz.customer.state;

/** One line of the basket; decimals as text, exactly as they came. */
public class CartLine {
  public String sku;
  public String name;

  /** May be below zero for a while, when a removal overtook its addition. */
  public double quantity;

  public String price;
  public String currency;
  public long changedAtMs;
}
