package io.nabz.job;

/** An event of a customer on its way to a value that a rule across customers tells apart. */
public class CrowdRecord {
  /** {@code CrowdKey}. */
  public String key;

  /** Whose event it is, as far as that is known by now. */
  public String customerId;

  public long receivedAtMs;
  public byte[] event;

  public CrowdRecord() {}

  CrowdRecord(String key, String customerId, long receivedAtMs, byte[] event) {
    this.key = key;
    this.customerId = customerId;
    this.receivedAtMs = receivedAtMs;
    this.event = event;
  }
}
