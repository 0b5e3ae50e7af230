package io.nabz.kpi;

import java.util.ArrayList;
import java.util.List;

/** The newest changes of one agent's state, oldest first. */
public class AgentRecord extends Subject {
  /** A change that comes later than so many younger ones is not counted any more. */
  public static final int MAX_CHANGES = 64;

  /** A change with the names of its state and queue. */
  private static final int CHANGE_BYTES = 150;

  public String agentId;
  public List<AgentChange> changes = new ArrayList<>();

  /** Changes up to here have left the list, and their times stay counted. */
  public long forgottenToMs = Share.NONE;

  /** The last state is counted up to here while nothing newer is known. */
  public long countedToMs = Share.NONE;

  @Override
  public int heapBytes() {
    return super.heapBytes() + 100 + CHANGE_BYTES * changes.size();
  }
}
