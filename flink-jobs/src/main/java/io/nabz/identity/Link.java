package io.nabz.identity;

/** An identifier that a customer has claimed. */
public class Link {
  public String node;
  public boolean weak;

  /** Time of the newest claim. */
  public long claimedAtMs;

  public Link() {}

  public Link(String node, boolean weak, long claimedAtMs) {
    this.node = node;
    this.weak = weak;
    this.claimedAtMs = claimedAtMs;
  }
}
