package io.nabz.identity;

/**
 * From that time on, until the next claim, an identifier is somebody's. Never changed once made.
 */
public class Claim {
  public long timeMs;

  /** Key of the customer, or of the strong identifier's node. */
  public String target;

  /** The customer that the target was merged into; null for none. */
  public String merged;

  public Claim() {}

  public Claim(long timeMs, String target, String merged) {
    this.timeMs = timeMs;
    this.target = target;
    this.merged = merged;
  }

  /** Whose it is now. */
  public String owner() {
    return merged == null ? target : merged;
  }
}
