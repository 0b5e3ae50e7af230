package io.nabz.model;

import java.time.Instant;

/**
 * One step of the customer's way: what the timeline shows of an event. Fields that the event does
 * not have are null.
 *
 * @param text at most {@value #MAX_TEXT_CHARS} characters of what the customer wrote or said
 * @param sentiment -1 (bad) to 1 (good)
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
    Money amount) {
  public static final int MAX_TEXT_CHARS = 280;
}
