package io.nabz.intake;

import io.nabz.identity.Attribution;
import io.nabz.identity.Mentions;
import io.nabz.kpi.Fact;
import java.util.List;

/**
 * What one Kafka record turned out to be: an event of a customer, an event of no customer (an
 * agent, a feed) or a dead letter. The event travels as its bytes: passing those through the
 * shuffle and parsing once more costs less than serialising the parsed tree.
 */
public class IntakeRecord {
  /** {@code tenant/customerId}, or null when it is not a customer's event. */
  public String customerKey;

  /** When it happened; {@code Long.MIN_VALUE} for a dead letter. */
  public long eventTimeMs = Long.MIN_VALUE;

  /** When the broker had it. */
  public long receivedAtMs;

  /** The record's value, untouched. */
  public byte[] bytes;

  /** {@code Refusal.Reason} by code; null for a usable event. */
  public String refusal;

  /** What the sender should do about it. */
  public String refusalDetail;

  /** {@code topic/partition/offset}; only set for a dead letter. */
  public String origin;

  /** What the floor's figures need of it; null for most events. */
  public List<Fact> facts;

  /** That its source speaks, if that has to be told; null for most events. */
  public SourceSign sign;

  /** {@code StableHash} of source and id. */
  public long hash;

  /** What it says of identity; null for most events. */
  public Mentions mentions;

  /** Whom else the relationship it tells of binds; null for most events. */
  public OtherEndRecord otherEnd;

  /** What identity has to say instead of, or about, an event; null for an event as it came. */
  public Attribution attribution;

  /** What an outside scorer answered for its text; null when none did. */
  public byte[] reading;

  /** The same, with an outside scorer's answer. */
  public IntakeRecord read(byte[] answer) {
    IntakeRecord copy = new IntakeRecord();
    copy.customerKey = customerKey;
    copy.eventTimeMs = eventTimeMs;
    copy.receivedAtMs = receivedAtMs;
    copy.bytes = bytes;
    copy.refusal = refusal;
    copy.refusalDetail = refusalDetail;
    copy.origin = origin;
    copy.facts = facts;
    copy.sign = sign;
    copy.hash = hash;
    copy.mentions = mentions;
    copy.otherEnd = otherEnd;
    copy.attribution = attribution;
    copy.reading = answer;
    return copy;
  }

  /**
   * The event that it brings, as it or identity has it; null when identity only speaks about one.
   */
  public byte[] eventBytes() {
    if (attribution == null) {
      return bytes;
    }
    return attribution.event == null ? null : attribution.event.bytes;
  }

  /** Whether it brings an event that no customer was given before. */
  public boolean isNews() {
    return attribution == null || (attribution.event != null && !attribution.event.given);
  }

  public boolean isDeadLetter() {
    return refusal != null;
  }

  /**
   * The time by which the stream's clock goes on. A sender whose clock runs ahead must not pull the
   * clock of all others with it, so it never exceeds the time of arrival.
   */
  public long clockMs() {
    return isDeadLetter() ? Long.MIN_VALUE : Math.min(eventTimeMs, receivedAtMs);
  }
}
