package io.nabz.identity;

/** An event that is kept since it may turn out to be somebody else's. */
public class Kept {
  private static final int OVERHEAD_BYTES = 64;

  /** {@code StableHash} of source and id. */
  public long hash;

  public long timeMs;
  public long receivedAtMs;

  /** The record's value, untouched. */
  public byte[] bytes;

  /** In a ledger, the node by which it came; null if it names the customer, and elsewhere. */
  public String via;

  /** Whether some customer was given it before: what counts events must not count it again. */
  public boolean given;

  public Kept() {}

  public Kept(long hash, long timeMs, long receivedAtMs, byte[] bytes) {
    this.hash = hash;
    this.timeMs = timeMs;
    this.receivedAtMs = receivedAtMs;
    this.bytes = bytes;
  }

  /** What it takes, roughly. */
  public int size() {
    return bytes.length + OVERHEAD_BYTES;
  }

  /** The same as it stands in a ledger. */
  public Kept by(String node) {
    Kept kept = new Kept(hash, timeMs, receivedAtMs, bytes);
    kept.via = node;
    kept.given = given;
    return kept;
  }
}
