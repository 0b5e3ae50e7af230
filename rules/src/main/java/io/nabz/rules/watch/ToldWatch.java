package io.nabz.rules.watch;

import io.nabz.rules.engine.CompiledRule;
import java.util.List;

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

  /** How long it stands for what follows; zero when its rule is gone. */
  long cooldownMs(List<CompiledRule> rules) {
    for (CompiledRule rule : rules) {
      if (rule.rule().id().equals(ruleId)) {
        return rule.rule().cooldown().toMillis();
      }
    }
    return 0;
  }
}
