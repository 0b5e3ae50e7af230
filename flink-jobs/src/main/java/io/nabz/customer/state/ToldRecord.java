package io.nabz.customer.state;

/** An alert for marketing that the arbiter let through, or would have but for the hold-out. */
public class ToldRecord {
  public String alertId;
  public long atMs;

  public ToldRecord() {}

  public ToldRecord(String alertId, long atMs) {
    this.alertId = alertId;
    this.atMs = atMs;
  }
}
