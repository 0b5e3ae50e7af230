package io.nabz.model;

import java.time.Instant;

/**
 * One step of the customer's way: what the timeline shows of an event. Fields that the event does
 * not have are null.
 *
 * @param text at most {@value #MAX_TEXT_CHARS} characters of what the customer wrote or said
 * @param sentiment -1 (bad) to 1 (good)
 * @param stage of the customer's way: {@code discover buy receive use need_help leave}, or null
 * @param clue what the experience speaks by: {@code functional mechanic human}, or null
 */
public record Touchpoint(
    String eventId,
    String type,
    Instant time,
    String channel,
    String contactId,
    String queue,
    String agentId,
    String topic,
    String text,
    Double sentiment,
    String orderId,
    String cartId,
    String caseId,
    String name,
    Money amount,
    String stage,
    String clue) {
  public static final int MAX_TEXT_CHARS = 280;

  public Touchpoint(
      String eventId,
      String type,
      Instant time,
      String channel,
      String contactId,
      String queue,
      String agentId,
      String topic,
      String text,
      Double sentiment,
      String orderId,
      String cartId,
      String caseId,
      String name,
      Money amount) {
    this(
        eventId, type, time, channel, contactId, queue, agentId, topic, text, sentiment, orderId,
        cartId, caseId, name, amount, null, null);
  }
}
