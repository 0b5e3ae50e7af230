package io.nabz.customer.state;

/** What binds this customer to another; its id is {@code kind/customer}. */
public class RelationshipRecord extends Matter {
  public long linkedAtMs;
  public long endedAtMs;

  /** Whether only the other end's events tell of it, so that the kind is said from there. */
  public boolean inverse;
}
