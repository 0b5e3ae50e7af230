package io.nabz.customer.state;

/**
 * One contact, held as the moments of its life, so that events may come in any order: the state of
 * the contact follows from which moments are known. A moment that is not known is zero.
 */
public class ContactRecord {
  public String contactId;
  public String channel;
  public String direction;
  public String queue;
  public String agentId;
  public String topic;
  public String disposition;

  /** The event that began it: evidence for repeat calls. */
  public String startEventId;

  public long initiatedAtMs;
  public long queuedAtMs;
  public long connectedAtMs;
  public long endedAtMs;
  public long abandonedAtMs;

  /** Newest event that said where it stands: queue, agent, topic. */
  public long describedAtMs;

  /** The moment under which it stands among the counted starts; zero when it does not. */
  public long countedAtMs;

  /** As the event said it; negative when none did. */
  public double waitSeconds = -1;

  public int transfers;
}
