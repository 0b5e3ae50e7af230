package io.nabz.customer.state;

/** What became of one offer; a moment that is not known is zero. */
public class OfferRecord extends Matter {
  public String alertId;
  public String value;
  public long presentedAtMs;
  public long acceptedAtMs;
  public long declinedAtMs;
  public long expiredAtMs;
}
