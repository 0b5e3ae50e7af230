package io.nabz.customer.state;

/** The newest word on one purpose and channel; its id is {@code purpose/channel}. */
public class ConsentRecord extends Matter {
  public boolean granted;
  public long atMs;
}
