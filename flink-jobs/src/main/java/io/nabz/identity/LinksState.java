package io.nabz.identity;

/** What is known of a customer's identity, but for its links and the events that are kept. */
public class LinksState {
  /** Key of the customer that this one is now; null for itself. */
  public String merged;

  /** Events and claims up to this time were erased. */
  public long erasedAtMs = Long.MIN_VALUE;

  /** How many events are kept, repeated ones included. */
  public int kept;

  /** What they take, by {@link Kept#size}. */
  public int keptBytes;

  /** Time of the newest event that was kept. */
  public long newestMs = Long.MIN_VALUE;

  /** The later of the newest time in a record and the clock when it came. */
  public long touchedMs = Long.MIN_VALUE;

  /** Event-time timer that is registered, or {@link NodeState#NEVER}. */
  public long timerAtMs = NodeState.NEVER;

  /** What it takes of the heap, roughly. */
  public int heapBytes() {
    return 130;
  }
}
