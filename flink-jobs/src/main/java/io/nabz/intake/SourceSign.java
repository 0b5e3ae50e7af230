package io.nabz.intake;

/** That a source was heard of, in the ten seconds before that moment. */
public class SourceSign {
  /** {@code CrowdKey} of the source. */
  public String key;

  /** Epoch milliseconds, event time. */
  public long atMs;

  public SourceSign() {}

  SourceSign(String key, long atMs) {
    this.key = key;
    this.atMs = atMs;
  }
}
