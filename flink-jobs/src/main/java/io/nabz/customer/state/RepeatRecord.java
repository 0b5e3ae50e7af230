package io.nabz.customer.state;

/** Repeat calls within one window, over the customer's whole life. */
public class RepeatRecord {
  /** Calls that were at least the third within the window that ends with them. */
  public long repeatContacts;

  /** Most calls within one window. */
  public int peak;
}
