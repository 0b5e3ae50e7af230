package io.nabz.model;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * All that is known of one customer now: the 360 view. Past: history and value; present: identity,
 * current activity, sentiment and flags; future: actions.
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

  /** Who it is. Identifiers by type, newest last; attributes as the CRM gave them. */
  public record Identity(
      Map<String, List<String>> identifiers,
      Map<String, String> attributes,
      String language,
      Instant asOf) {}

  /** Another customer and what binds the two. */
  public record Relationship(String customer, String kind) {}

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
      int transfers) {}

  /** The basket; {@code state} is {@code none} when there is nothing in it. */
  public record Cart(
      String cartId, List<CartItem> items, Money value, CartState state, Instant since) {}

  /** A line of the basket; the price is that of one piece. */
  public record CartItem(String sku, String name, BigDecimal quantity, Money price) {}

  /** An order that is on its way. */
  public record Order(
      String orderId, String state, Money total, Instant placedAt, Instant promisedAt) {}

  /** A case that is not resolved. */
  public record Case(
      String caseId, String topic, String state, String priority, Instant openedAt) {}

  /** A promise to call back. */
  public record Callback(String contactId, Instant requestedAt, Instant dueAt) {}

  /**
   * What the customer has lived through.
   *
   * @param contacts newest first, bounded
   * @param counts by {@code contact} or {@code contact.<channel>}, then by window ({@code 1h},
   *     {@code 24h}, {@code 7d}, {@code 30d}) back from {@code asOf}, edges included
   * @param repeats by window, over calls
   * @param journey newest first, bounded
   */
  public record History(
      List<Contact> contacts,
      Map<String, Map<String, Integer>> counts,
      Map<String, Repeats> repeats,
      List<Touchpoint> journey,
      List<String> campaigns,
      Instant asOf) {}

  /**
   * How often the customer had to call again.
   *
   * @param repeatContacts calls that were at least the third within the window that ends with them
   * @param peak most calls within one window
   */
  public record Repeats(long repeatContacts, int peak) {}

  /** What the customer is worth. {@code spend} is in the currency of the newest order. */
  public record Value(
      long orders,
      Money spend,
      String tier,
      Integer recencyDays,
      List<String> products,
      Instant asOf) {}

  /** How it feels to the customer. {@code score} is -1 to 1, null before the first sign of it. */
  public record Sentiment(
      Double score,
      String label,
      String trend,
      LastText lastText,
      List<String> emotions,
      Instant asOf) {}

  /** The newest text; a span is {@code [from, to, weight]} in code points. */
  public record LastText(String text, List<List<BigDecimal>> spans) {}

  /** A condition that holds now, since when and why. */
  public record Flag(FlagCode code, Severity severity, Instant since, List<String> evidence) {}

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
