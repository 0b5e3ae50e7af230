package io.nabz.benchmarks.rules;

/** What Flink's matcher is given of an event: a POJO of what the patterns ask for. */
public class RulesEvent {
  public String id;
  public String customer;
  public String type;
  public int v;
  public long timeMs;

  public RulesEvent() {}
}
