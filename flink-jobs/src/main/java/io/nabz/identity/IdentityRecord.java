package io.nabz.identity;

import java.util.List;

/** What the nodes of identity are told, and tell each other. */
public class IdentityRecord {
  /** An event that came by the node. */
  public static final int EVENT = 1;

  /** An event in the name of the provisional customer, who has heard of it already. */
  public static final int STRAY = 2;

  /** The node is {@link #target}'s from {@link #timeMs} on. */
  public static final int CLAIM = 3;

  /** Claims up to {@link #timeMs} are void. */
  public static final int SPLIT = 4;

  /** The customer {@link #target} is {@link #merged} now, or itself again if that is null. */
  public static final int MERGED = 5;

  /** What is of the customer {@link #target} up to {@link #timeMs} is erased. */
  public static final int ERASE = 6;

  /** The events with these {@link #hashes} are not the node's any more. */
  public static final int TAKE_BACK = 7;

  /** A provisional customer is redirected to the node's. */
  public static final int POINTED = 8;

  /** An event of a customer who is named in it. */
  public static final int OWN = 9;

  /** {@link #key} is the tenant; customer {@link #target} goes into {@link #merged}. */
  public static final int MERGE = 10;

  /** {@link #key} is the tenant; customer {@link #target} is itself again. */
  public static final int UNMERGE = 11;

  public int kind;

  /** The node or customer that is told. */
  public String key;

  public long timeMs;
  public String target;
  public String merged;
  public long[] hashes;

  /** The identifier of a claim or split, in words. */
  public Mention mention;

  /** The identifiers in an event of a customer. */
  public List<Mention> mentions;

  public Kept event;

  public IdentityRecord() {}

  public IdentityRecord(int kind, String key, long timeMs) {
    this.kind = kind;
    this.key = key;
    this.timeMs = timeMs;
  }

  static IdentityRecord event(int kind, String key, Kept event) {
    IdentityRecord record = new IdentityRecord(kind, key, event.timeMs);
    record.event = event;
    return record;
  }

  static IdentityRecord claim(Mention mention, long timeMs, String target, String merged) {
    IdentityRecord record = new IdentityRecord(CLAIM, mention.node, timeMs);
    record.mention = mention;
    record.target = target;
    record.merged = merged;
    return record;
  }

  static IdentityRecord split(Mention mention, long timeMs) {
    IdentityRecord record = new IdentityRecord(SPLIT, mention.node, timeMs);
    record.mention = mention;
    return record;
  }

  static IdentityRecord of(int kind, String key, long timeMs, String target, String merged) {
    IdentityRecord record = new IdentityRecord(kind, key, timeMs);
    record.target = target;
    record.merged = merged;
    return record;
  }

  static IdentityRecord takeBack(String key, long timeMs, long[] hashes) {
    IdentityRecord record = new IdentityRecord(TAKE_BACK, key, timeMs);
    record.hashes = hashes;
    return record;
  }
}
