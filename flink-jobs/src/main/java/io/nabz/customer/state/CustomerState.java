package io.nabz.customer.state;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
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
  public Map<String, TimeCounter> contactStarts = new HashMap<>(4);

  /**
   * The next moment at which time alone changes what is known of contacts, {@link Long#MIN_VALUE}
   * while that is to be found out. Not written: it follows from the contacts, and stands here since
   * they lie all over the heap and most events are of something else.
   */
  public transient long contactsDueMs = Long.MIN_VALUE;

  public RepeatRecord repeats24h = new RepeatRecord();
  public RepeatRecord repeats7d = new RepeatRecord();

  public CartRecord cart = new CartRecord();
  public PurchaseRecord purchases = new PurchaseRecord();
  public SentimentRecord sentiment = new SentimentRecord();

  /** Newest last; like all lists below null until there is something in it. */
  public List<SignRecord> signs;

  public List<CaseRecord> cases;
  public List<OrderRecord> orders;
  public List<CallbackRecord> callbacks;
  public List<TaskRecord> tasks;
  public List<CampaignRecord> campaigns;
  public List<OfferRecord> offers;
  public List<SurveyRecord> surveys;
  public List<ConsentRecord> consents;
  public List<RelationshipRecord> relationships;
  public List<ProductRecord> products;
  public LoyaltyRecord loyalty;

  /** Newest last. */
  public List<EvidenceRecord> failedPayments;

  /** Newest last. */
  public List<EvidenceRecord> failedLogins;

  /** Occurrences by family of events. */
  public Map<String, CoarseCounter> families;

  /** The next moment at which one of those counts falls. */
  public long familiesFallAtMs = NEVER;

  /** Starts of inbound contacts by topic. */
  public Map<String, TimeCounter> topicStarts;

  public ResolutionRecord resolution;

  /** The next moment at which time alone may change a flag that follows from the facets. */
  public long reviewAtMs = NEVER;

  /** Time of the newest event; the customer is forgotten long after it. */
  public long lastEventAtMs;

  /** Time of the newest event that told who the customer is; zero for none, as of the next two. */
  public long identityAtMs;

  /** The same of what is going on. */
  public long activityAtMs;

  /** The same of orders and standing. */
  public long valueAtMs;

  /** Time of the newest erasure: no event from before it is taken in; zero for none. */
  public long erasedAtMs;

  /** Key of the customer that this one turned out to be; null for none. */
  public String redirectTo;

  /** One more than the events in the ledger's newest page; zero while there is no ledger. */
  public int ledger;

  /** What those events take. */
  public int ledgerBytes;

  public List<FlagRecord> flags = new ArrayList<>();

  /** Newest first. */
  public List<JourneyStep> journey = new ArrayList<>();

  /** By event source. */
  public Map<String, SourceClock> sources = new HashMap<>(4);

  /** Alerts for marketing of the arbiter's newest window, oldest first. */
  public List<ToldRecord> told;

  /** What rules remember of the customer, in a form of their own; null for nothing. */
  public byte[] rules;

  /** The next moment at which time alone matters to a rule. */
  public long rulesDueMs = NEVER;

  /** Takes on all that the other holds. */
  public void become(CustomerState other) {
    try {
      for (Field field : CustomerState.class.getFields()) {
        if (!Modifier.isStatic(field.getModifiers())) {
          field.set(this, field.get(other));
        }
      }
    } catch (IllegalAccessException e) {
      throw new AssertionError("all fields are public", e);
    }
  }

  /**
   * What the record takes of the heap, roughly: by how much is in it, an object at 64 bytes; but
   * for what rules remember, which they know better.
   */
  public int heapBytes() {
    int objects = 40;
    objects += 6 * contacts.size() + 4 * profile.identifiers.size() + 4 * sources.size();
    objects += 4 * profile.attributes.size() + 6 * cart.lines.size() + 6 * flags.size();
    objects += cart.base == null ? 0 : 2 + 6 * cart.base.lines.size();
    objects += sizes(5, cart.moves);
    objects += sizes(4, signs, failedPayments, failedLogins, consents, relationships, products);
    objects += sizes(2, told);
    objects += sizes(6, cases, orders, callbacks, tasks, campaigns, offers, surveys);
    objects += 6 * (contactStarts.size() + sizeOf(topicStarts) + sizeOf(families));
    int longs = seen.hashes.length;
    for (TimeCounter counter : contactStarts.values()) {
      longs += counter.times.length + 2 * counter.buckets.length;
    }
    int chars = sentiment.text == null ? 0 : sentiment.text.length();
    for (JourneyStep step : journey) {
      objects += 8;
      chars += step.text == null ? 0 : step.text.length();
    }
    return objects * 64 + longs * 8 + chars * 2;
  }

  private static int sizes(int objectsEach, List<?>... lists) {
    int size = 0;
    for (List<?> list : lists) {
      size += list == null ? 0 : list.size();
    }
    return size * objectsEach;
  }

  private static int sizeOf(Map<?, ?> map) {
    return map == null ? 0 : map.size();
  }

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
