package io.nabz.customer.state;

/** What became of one campaign; a moment that is not known is zero. */
public class CampaignRecord extends Matter {
  public String channel;
  public long sentAtMs;
  public long openedAtMs;
  public long clickedAtMs;
  public long unsubscribedAtMs;
}
