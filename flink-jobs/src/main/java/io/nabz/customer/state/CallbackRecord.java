package io.nabz.customer.state;

/** A promise to call back; a moment that is not known is zero. */
public class CallbackRecord extends Matter {
  /** Newest request. */
  public long requestedAtMs;

  public String requestEventId;

  /** As the newest request said it. */
  public long dueAtMs;

  public long completedAtMs;
}
