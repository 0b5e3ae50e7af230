package io.nabz.customer.state;

/**
 * One contact, held as the moments of its life, so that events may come in any order: the state of
 * the contact follows from which moments are known. A moment that is not known is zero.
 */
public class ContactRecord {
  public String contactId;

  /** As the events of its own life say it; {@link #messageChannel} is second to it. */
  public String channel;

  /** Of its messages and all else that names it. */
  public String messageChannel;

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

  /** When it was given up since nothing more was heard; zero while it is not. */
  public long lostAtMs;

  /** Earliest event of the contact. */
  public long firstAtMs;

  /** Newest event of the contact. */
  public long describedAtMs;

  /** The moment under which it stands among the counted starts; zero when it does not. */
  public long countedAtMs;

  /** Under which channel it is counted. */
  public String countedChannel;

  /** Under which topic it is counted; null for none. */
  public String countedTopic;

  /** Moment of the event that made the record; {@link #saidAt} counts from here. */
  public long baseMs;

  /** By field, when its newest word was said, milliseconds from the base. */
  public int[] saidAt;

  /** As the event said it; negative when none did. */
  public double waitSeconds = -1;

  public int transfers;
}
