package io.nabz.customer.state;

/** A product that was bought; its id is the sku. */
public class ProductRecord extends Matter {
  public String name;
}
