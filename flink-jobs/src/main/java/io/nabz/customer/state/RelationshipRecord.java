package io.nabz.customer.state;

/** What binds this customer to another; its id is {@code kind/customer}. */
public class RelationshipRecord extends Matter {
  public long linkedAtMs;
  public long endedAtMs;
}
