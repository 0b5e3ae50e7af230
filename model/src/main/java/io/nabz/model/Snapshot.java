package io.nabz.model;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * All that is known of one customer now: the 360 view. Past: history and value; present: identity,
 * current activity, sentiment and flags; future: actions.
 *
 * <p>The {@code asOf} of a part is the time of the newest event that told of it, absent as long as
 * none did. What time alone decides in it is true for the {@code asOf} of the snapshot.
 *
 * @param version only grows; two snapshots with the same version hold the same events
 * @param asOf the moment of the stream's clock that it is true for
 * @param freshness by event source
 */
public record Snapshot(
    String customerId,
    long version,
    Instant asOf,
    Identity identity,
    List<Relationship> relationships,
    CurrentActivity currentActivity,
    History history,
    Value value,
    Sentiment sentiment,
    List<Flag> flags,
    Actions actions,
    Map<String, Freshness> freshness) {

  public Snapshot {
    requireNonNull(customerId, "customerId is null");
    requireNonNull(asOf, "asOf is null");
  }

  /**
   * Who it is. Identifiers by type, newest last; attributes as the CRM gave them.
   *
   * @param consents newest word on each purpose and channel; null when there was none
   */
  public record Identity(
      Map<String, List<String>> identifiers,
      Map<String, String> attributes,
      String language,
      List<Consent> consents,
      Instant asOf) {
    public Identity(
        Map<String, List<String>> identifiers,
        Map<String, String> attributes,
        String language,
        Instant asOf) {
      this(identifiers, attributes, language, null, asOf);
    }
  }

  /** Whether the customer allows it; {@code channel} is null for all channels. */
  public record Consent(String purpose, String channel, boolean granted, Instant since) {}

  /**
   * Another customer and what binds the two.
   *
   * @param inverse true when the kind is what this customer is to the other; else null
   */
  public record Relationship(String customer, String kind, Boolean inverse, Instant since) {
    public Relationship(String customer, String kind) {
      this(customer, kind, null, null);
    }
  }

  /** What is going on with the customer now. */
  public record CurrentActivity(
      List<Contact> contacts,
      Cart cart,
      List<Order> orders,
      List<Case> cases,
      List<Callback> callbacks,
      Instant asOf) {}

  /**
   * One conversation.
   *
   * @param since when it came into its state
   * @param resolved whether no further contact on the same topic came in time; null while one may
   * @param resolvedAny the same for further contacts on whatever topic
   * @param waitSeconds from queueing to connection or abandonment; null if never queued
   * @param handleSeconds from connection to end; null before that
   */
  public record Contact(
      String contactId,
      String channel,
      String direction,
      ContactState state,
      String queue,
      String agentId,
      String topic,
      String disposition,
      Instant since,
      Instant startedAt,
      Instant endedAt,
      Double waitSeconds,
      Double handleSeconds,
      int transfers,
      Boolean resolved,
      Boolean resolvedAny) {
    public Contact(
        String contactId,
        String channel,
        String direction,
        ContactState state,
        String queue,
        String agentId,
        String topic,
        String disposition,
        Instant since,
        Instant startedAt,
        Instant endedAt,
        Double waitSeconds,
        Double handleSeconds,
        int transfers) {
      this(
          contactId,
          channel,
          direction,
          state,
          queue,
          agentId,
          topic,
          disposition,
          since,
          startedAt,
          endedAt,
          waitSeconds,
          handleSeconds,
          transfers,
          null,
          null);
    }
  }

  /** The basket; {@code state} is {@code none} when there is nothing in it. */
  public record Cart(
      String cartId, List<CartItem> items, Money value, CartState state, Instant since) {}

  /** A line of the basket; the price is that of one piece. */
  public record CartItem(String sku, String name, BigDecimal quantity, Money price) {}

  /** An order that is on its way: {@code placed}, {@code shipped} or {@code delayed}. */
  public record Order(
      String orderId, String state, Money total, Instant placedAt, Instant promisedAt) {}

  /** A case that is not resolved: {@code open} or {@code reopened}. */
  public record Case(
      String caseId,
      String topic,
      String state,
      String priority,
      Instant openedAt,
      Instant updatedAt) {}

  /** A promise to call back: {@code promised}, or {@code missed} once it is overdue. */
  public record Callback(String contactId, String state, Instant requestedAt, Instant dueAt) {}

  /**
   * What the customer has lived through.
   *
   * @param contacts newest first, bounded
   * @param counts by {@code contact} or {@code contact.<channel>}, then by window ({@code 1h},
   *     {@code 24h}, {@code 7d}, {@code 30d}) back from {@code asOf}, edges included; other
   *     families of events, such as {@code payment.failed}, in buckets of six hours and without
   *     {@code 1h}: up to six hours more than the window says are counted
   * @param repeats by window, over calls
   * @param resolution first contact resolution; null before the first contact
   * @param journey newest first, bounded
   * @param stage where the customer is on the way: {@code discover buy receive use need_help leave}
   * @param campaigns newest first, bounded
   * @param offers newest first, bounded; null when there was none, like what follows
   * @param surveys by metric
   * @param selfService newest first, bounded
   */
  public record History(
      List<Contact> contacts,
      Map<String, Map<String, Integer>> counts,
      Map<String, Repeats> repeats,
      Resolution resolution,
      List<Touchpoint> journey,
      String stage,
      List<Campaign> campaigns,
      List<Offer> offers,
      Map<String, Survey> surveys,
      List<Task> selfService,
      Instant asOf) {
    public History(
        List<Contact> contacts,
        Map<String, Map<String, Integer>> counts,
        Map<String, Repeats> repeats,
        List<Touchpoint> journey,
        List<Campaign> campaigns,
        Instant asOf) {
      this(contacts, counts, repeats, null, journey, null, campaigns, null, null, null, asOf);
    }
  }

  /**
   * First contact resolution over the customer's life.
   *
   * @param windowSeconds how long no further contact may come
   */
  public record Resolution(long windowSeconds, Outcomes sameTopic, Outcomes anyTopic) {}

  /** Contacts by what came of them; of pending ones the window is still open. */
  public record Outcomes(long resolved, long followed, long pending) {}

  /** How far the customer went along: {@code sent opened clicked unsubscribed}. */
  public record Campaign(String campaignId, String state, String channel, Instant at) {}

  /** What came of it last: {@code presented accepted declined expired}. */
  public record Offer(String offerId, String state, String alertId, BigDecimal value, Instant at) {}

  /** Answers to one metric: the newest, the mean of all, and how many. */
  public record Survey(double last, double mean, int count, Instant at) {}

  /** A task of self-service: {@code started succeeded failed}, whichever came last. */
  public record Task(String task, String state, String channel, Instant at) {}

  /**
   * How often the customer had to call again.
   *
   * @param repeatContacts calls that were at least the third within the window that ends with them
   * @param peak most calls within one window
   */
  public record Repeats(long repeatContacts, int peak) {}

  /**
   * What the customer is worth. {@code spend} is in the currency of the newest order.
   *
   * @param orders placed and neither cancelled nor returned
   * @param spends in all currencies; null when there is but one
   * @param points of the loyalty programme
   * @param daysBetweenOrders on average; null with fewer than two orders
   * @param products newest first, bounded
   */
  public record Value(
      long orders,
      Money spend,
      List<Money> spends,
      String tier,
      @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal points,
      Integer recencyDays,
      Double daysBetweenOrders,
      List<String> products,
      Instant asOf) {
    public Value(
        long orders,
        Money spend,
        String tier,
        Integer recencyDays,
        List<String> products,
        Instant asOf) {
      this(orders, spend, null, tier, null, recencyDays, null, products, asOf);
    }
  }

  /**
   * How it feels to the customer. {@code score} is -1 to 1, null before the first sign of it.
   *
   * @param average of the newest signs, each weighing half of what one a day newer weighs
   * @param contactLow lowest of the signs since the contact in progress began; null for none
   * @param trend {@code falling rising steady}; null with fewer than three signs
   */
  public record Sentiment(
      Double score,
      Double average,
      Double contactLow,
      String label,
      String trend,
      LastText lastText,
      List<String> emotions,
      Instant asOf) {
    public Sentiment(
        Double score,
        String label,
        String trend,
        LastText lastText,
        List<String> emotions,
        Instant asOf) {
      this(score, null, null, label, trend, lastText, emotions, asOf);
    }
  }

  /** The newest text; a span is {@code [from, to, weight]} in code points. */
  public record LastText(String text, List<List<BigDecimal>> spans) {}

  /** A condition that holds now, since when, why, and until when if nothing more comes. */
  public record Flag(
      FlagCode code, Severity severity, Instant since, Instant until, List<String> evidence) {
    public Flag(FlagCode code, Severity severity, Instant since, List<String> evidence) {
      this(code, severity, since, null, evidence);
    }
  }

  /** What is likely next and what to do about it. */
  public record Actions(
      List<LikelyReason> likelyReasons,
      Double churnRisk,
      List<String> nextBestActions,
      String suggestedQueue,
      List<String> articles) {}

  /** Why the customer would call now. */
  public record LikelyReason(String reason, double probability) {}

  /** How old a feed's newest word is. {@code lagMs} is from happening to the broker, in ms. */
  public record Freshness(Instant lastEventAt, long lagMs) {}
}
