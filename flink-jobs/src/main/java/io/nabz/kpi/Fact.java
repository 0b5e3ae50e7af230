package io.nabz.kpi;

/** What an event tells of one subject of counting; the few fields of it that figures need. */
public class Fact {
  /**
   * Kind and {@code tenant/id} of what it is about, {@link SubjectKind#key}; null for what is said
   * outside of any contact.
   */
  public String subject;

  public String tenant;
  public String type;
  public long timeMs;

  /** Of {@code (source, id)}: tells repeats where moments alone cannot. */
  public long hash;

  public String contactId;
  public String channel;
  public String direction;
  public String queue;
  public String agentId;

  /** What it is about, as the sender says, or else as its text was read. */
  public String topic;

  public boolean topicIsRead;

  /** Where customers met us, of what they say; with the stage of their way and the kind of clue. */
  public String touchpoint;

  public String stage;
  public String clue;

  /** Whether customers say it in their own words. */
  public boolean inOwnWords;

  /** -1 to 1; NaN for none. */
  public double sentiment = Double.NaN;

  /** An agent's state, a survey's metric, an alert's severity. */
  public String word;

  /** A survey's score; NaN for none. */
  public double score = Double.NaN;

  /** What the sender says that the wait or the handling took; {@link Share#NONE} if nothing. */
  public long statedMs = Share.NONE;

  /** An alert that turned out not to hold. */
  public boolean retracted;

  public Fact() {}
}
