package io.nabz.rules.watch;

/** That a rule has told of a source or a queue. */
public class ToldWatch {
  public String ruleId;
  public int version;

  /** When the silence or the quarter began that it told of. */
  public long turnMs;

  /** When it was so, event time. */
  public long atMs;

  public ToldWatch() {}

  ToldWatch(String ruleId, int version, long turnMs, long atMs) {
    this.ruleId = ruleId;
    this.version = version;
    this.turnMs = turnMs;
    this.atMs = atMs;
  }
}
