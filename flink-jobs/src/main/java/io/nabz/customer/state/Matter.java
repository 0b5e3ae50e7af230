package io.nabz.customer.state;

/**
 * What every kept matter (a case, an order, a promise...) has: its id and its first and last
 * moments, so that lists stay bounded by age whatever the order of arrival.
 */
public class Matter {
  public String id;

  /** Moment of the event that made the record; {@link #saidAt} counts from here. */
  public long baseMs;

  public long firstAtMs;
  public long lastAtMs;

  /** By field, when its newest word was said, milliseconds from the base; null for no fields. */
  public int[] saidAt;
}
