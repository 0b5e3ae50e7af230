package io.nabz.kpi;

/** What is kept of any subject. */
public class Subject {
  /** The only timer's moment, or {@link Share#NONE}. */
  public long timerAtMs = Share.NONE;

  /** From when on it may be forgotten. */
  public long forgetAtMs = Share.NONE;

  /** Wall time of its last word; what is forgotten when may hang on it, no figure does. */
  public long heardAtWallMs;

  public String tenant;
  public long firstWordMs = Share.NONE;
  public long lastWordMs = Share.NONE;

  /** What it takes of the heap, roughly; its tenant and all. */
  public int heapBytes() {
    return 120;
  }

  void hear(Fact fact) {
    tenant = fact.tenant;
    firstWordMs = earlier(firstWordMs, fact.timeMs);
    lastWordMs = Math.max(lastWordMs, fact.timeMs);
  }

  /** The earlier of two moments of which either may be {@link Share#NONE}. */
  static long earlier(long a, long b) {
    if (a == Share.NONE || b == Share.NONE) {
      return Math.max(a, b);
    }
    return Math.min(a, b);
  }
}
