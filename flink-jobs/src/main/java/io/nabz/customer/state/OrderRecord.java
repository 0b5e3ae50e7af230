package io.nabz.customer.state;

/** One order, held as the moments of its life; a moment that is not known is zero. */
public class OrderRecord extends Matter {
  /** Decimal text. */
  public String total;

  public String currency;
  public long promisedAtMs;
  public String promiseEventId;

  /** Type of that event; null for the order itself. */
  public String promiseType;

  public long placedAtMs;
  public String placeEventId;

  /** By which device it was placed; null when the event did not say. */
  public String deviceId;

  public long shippedAtMs;
  public long delayedAtMs;
  public String delayEventId;
  public long deliveredAtMs;
  public long cancelledAtMs;
  public long returnedAtMs;

  /** Whether it is in the sums of {@link PurchaseRecord} now. */
  public boolean counted;
}
