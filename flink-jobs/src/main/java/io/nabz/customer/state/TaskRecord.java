package io.nabz.customer.state;

/** The newest attempts at one task of self-service; a moment that is not known is zero. */
public class TaskRecord extends Matter {
  public String channel;
  public long startedAtMs;
  public long succeededAtMs;
  public long failedAtMs;
  public String failEventId;
}
