package io.nabz.kpi;

/** An agent comes into a state. */
public class AgentChange {
  public long atMs;
  public String state;
  public String queue;
}
