package io.nabz.identity;

/** What a customer's state is told by the nodes of identity. */
public class Attribution {
  /** An event that names the customer, or that is given back to it. */
  public static final int OWN = 0;

  /** An event that is the customer's by a link, and may be taken back. */
  public static final int LINKED = 1;

  /** An event of a provisional customer, by the one node that speaks for it. */
  public static final int PROVISIONAL = 2;

  /** The events with these {@link #hashes} are somebody else's. */
  public static final int TAKE_BACK = 3;

  /** The customer is {@link #target} now; a provisional one is nobody if that is null. */
  public static final int REDIRECT = 4;

  /** The customer is itself again. */
  public static final int RETURN = 5;

  /** The identifier {@link #target}, {@code type/value}, is not the customer's. */
  public static final int DISOWN = 6;

  public int kind;

  /**
   * The node that says so, where it may take it back: an event can be the customer's by two ways
   * for a moment, and what one takes back the other still gives.
   */
  public String via;

  /** {@code tenant/customerId}. */
  public String customer;

  public long timeMs;
  public String target;
  public long[] hashes;
  public Kept event;

  public Attribution() {}

  public Attribution(int kind, String customer, long timeMs) {
    this.kind = kind;
    this.customer = customer;
    this.timeMs = timeMs;
  }

  static Attribution event(int kind, String customer, Kept event) {
    Attribution attribution = new Attribution(kind, customer, event.timeMs);
    attribution.event = event;
    return attribution;
  }

  static Attribution linked(String customer, Kept event, String via) {
    Attribution attribution = event(LINKED, customer, event);
    attribution.via = via;
    return attribution;
  }

  static Attribution takeBack(String customer, long timeMs, long[] hashes, String via) {
    Attribution attribution = new Attribution(TAKE_BACK, customer, timeMs);
    attribution.via = via;
    attribution.hashes = hashes;
    return attribution;
  }

  static Attribution redirect(String customer, long timeMs, String target) {
    Attribution attribution = new Attribution(REDIRECT, customer, timeMs);
    attribution.target = target;
    return attribution;
  }

  static Attribution disown(String customer, long timeMs, Mention mention) {
    Attribution attribution = new Attribution(DISOWN, customer, timeMs);
    attribution.target = mention.type + '/' + mention.value;
    return attribution;
  }
}
