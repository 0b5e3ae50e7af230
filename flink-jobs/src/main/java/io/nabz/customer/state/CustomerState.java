package io.nabz.customer.state;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The hot record of one customer: one read and one write an event. */
public class CustomerState {
  /** No moment: nothing is due, nothing has happened. */
  public static final long NEVER = Long.MAX_VALUE;

  /** Distinct events applied; the high part of the snapshot's version. */
  public long appliedEvents;

  /** Changes made by the passing of time since the last event; the low part of the version. */
  public int steps;

  /** The customer's own clock: the newest of event times and timers that were applied. */
  public long nowMs = Long.MIN_VALUE;

  /**
   * How far the stream's clock was ahead of the customer's newest event when that arrived, if so
   * far that the event belongs to history (a backfill, a replay into a running system); zero in
   * live running. The customer's time then goes on from its own newest event.
   */
  public long clockLeadMs;

  /** Event-time timer that is registered, or {@link #NEVER}. */
  public long timerAtMs = NEVER;

  public SeenIds seen = new SeenIds();
  public Profile profile = new Profile();

  /** Newest first. */
  public List<ContactRecord> contacts = new ArrayList<>();

  /** Starts of inbound contacts by channel. */
  public Map<String, TimeCounter> contactStarts = new HashMap<>();

  public RepeatRecord repeats24h = new RepeatRecord();
  public RepeatRecord repeats7d = new RepeatRecord();

  public CartRecord cart = new CartRecord();
  public PurchaseRecord purchases = new PurchaseRecord();
  public SentimentRecord sentiment = new SentimentRecord();
  public List<FlagRecord> flags = new ArrayList<>();

  /** Newest first. */
  public List<JourneyStep> journey = new ArrayList<>();

  /** By event source. */
  public Map<String, SourceClock> sources = new HashMap<>();

  /** The flag with that code, or null when it does not hold. */
  public FlagRecord flag(String code) {
    for (FlagRecord flag : flags) {
      if (flag.code.equals(code)) {
        return flag;
      }
    }
    return null;
  }
}
