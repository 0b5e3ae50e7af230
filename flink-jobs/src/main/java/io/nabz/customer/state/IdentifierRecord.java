package io.nabz.customer.state;

/** One normalised identifier of the customer. */
public class IdentifierRecord {
  /** {@code IdentifierType} by its code. */
  public String type;

  public String value;
  public long firstSeenMs;

  public IdentifierRecord() {}

  public IdentifierRecord(String type, String value, long firstSeenMs) {
    this.type = type;
    this.value = value;
    this.firstSeenMs = firstSeenMs;
  }
}
