package io.nabz.customer.state;

/** Standing in the loyalty programme. Decimals as text. */
public class LoyaltyRecord {
  public String tier;
  public long tierAtMs;
  public String tierEventId;

  /** The newest balance that an event stated; null when none did. */
  public String balance;

  public long balanceAtMs;

  /** Sum of all changes: the balance for programmes that state none. */
  public String changes;

  public long joinedAtMs;
}
