package io.nabz.customer.state;

/** One sign of how the customer felt, -1 to 1. */
public class SignRecord {
  public long atMs;
  public double score;
  public String eventId;
  public String type;
}
