package io.nabz.customer.state;

/** An event that a flag rests on, and the part it played. */
public class EvidenceRecord {
  public String as;
  public String eventId;
  public String type;
  public long timeMs;

  public EvidenceRecord() {}

  public EvidenceRecord(String as, String eventId, String type, long timeMs) {
    this.as = as;
    this.eventId = eventId;
    this.type = type;
    this.timeMs = timeMs;
  }
}
