package io.nabz.customer.state;

/** One case, held as the moments of its life; a moment that is not known is zero. */
public class CaseRecord extends Matter {
  public String topic;
  public String priority;
  public long openedAtMs;
  public String openEventId;
  public long updatedAtMs;
  public long resolvedAtMs;

  /** Newest reopening. */
  public long reopenedAtMs;

  public String reopenEventId;
}
