package io.nabz.intake;

/** The event by which the customer at the other end of a relationship is told. */
public class OtherEndRecord {
  /** {@code tenant/customerId}. */
  public String customerKey;

  /** {@code StableHash} of source and id. */
  public long hash;

  public byte[] bytes;
}
