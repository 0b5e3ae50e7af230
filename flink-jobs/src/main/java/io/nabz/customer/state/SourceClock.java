package io.nabz.customer.state;

/** How fresh one feed is for this customer. */
public class SourceClock {
  public long lastEventAtMs;
  public long lagMs;
}
