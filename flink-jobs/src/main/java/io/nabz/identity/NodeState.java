package io.nabz.identity;

import java.util.ArrayList;
import java.util.List;

/** What is known of one identifier, but for the events that it keeps. */
public class NodeState {
  /** No moment. */
  public static final long NEVER = Long.MAX_VALUE;

  /** A claim with its names. */
  private static final int CLAIM_BYTES = 200;

  /** By time, then target. */
  public List<Claim> claims = new ArrayList<>();

  /** Claims up to this time are void. */
  public long splitAtMs = Long.MIN_VALUE;

  /** Events up to this time were erased with their customer. */
  public long erasedAtMs = Long.MIN_VALUE;

  /** How many events are kept, repeated ones included. */
  public int kept;

  /** What they take, by {@link Kept#size}. */
  public int keptBytes;

  /** Time of the newest event that was kept. */
  public long newestMs = Long.MIN_VALUE;

  /** Whether anybody was told of the provisional customer. */
  public boolean shown;

  /** Where the provisional customer is redirected to; null for nowhere. */
  public String home;

  /** The later of the newest time in a record and the clock when it came. */
  public long touchedMs = Long.MIN_VALUE;

  /** Event-time timer that is registered, or {@link #NEVER}. */
  public long timerAtMs = NEVER;

  /** What it takes of the heap, roughly. */
  public int heapBytes() {
    return 250 + CLAIM_BYTES * claims.size();
  }
}
