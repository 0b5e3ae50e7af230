package io.nabz.kpi;

import io.nabz.customer.state.SeenIds;

/** The moments of one contact; {@link Share#NONE} for those that nobody told of. */
public class ContactRecord extends Subject {
  public long initiatedAtMs = Share.NONE;
  public long firstQueuedAtMs = Share.NONE;
  public long lastQueuedAtMs = Share.NONE;
  public long firstConnectedAtMs = Share.NONE;
  public long lastConnectedAtMs = Share.NONE;
  public long endedAtMs = Share.NONE;
  public long abandonedAtMs = Share.NONE;

  /** What the sender says that the wait for the first answer took. */
  public long statedWaitMs = Share.NONE;

  public long statedAbandonWaitMs = Share.NONE;
  public long statedHandleMs = Share.NONE;

  /** Nothing was heard of it for too long. */
  public boolean lost;

  public boolean outbound;

  /** It counts in the figures of its first queue and agent; the last ones are where it is now. */
  public Words words = new Words();

  /** Transfers and what the customer says, which moments cannot tell apart. */
  public Tally points = new Tally();

  /** Transfers that have been counted. */
  public SeenIds seen = new SeenIds();

  @Override
  public int heapBytes() {
    return super.heapBytes() + 80 + words.heapBytes() + points.heapBytes() + 8 * seen.hashes.length;
  }
}
