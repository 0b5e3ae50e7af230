package io.nabz.testkit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nabz.model.CustomerKey;
import io.nabz.model.Event;
import io.nabz.model.EventTypes;
import io.nabz.model.Json;
import java.time.Duration;
import java.time.Instant;

/**
 * Events for tests, built by saying only what matters: {@code Events.at(T).of("C-1").call("k-1")}.
 */
public final class Events {
  /** A plain moment for tests to count from. */
  public static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

  private final String source;
  private final String customer;
  private final Instant time;

  private Events(String source, String customer, Instant time) {
    this.source = source;
    this.customer = customer;
    this.time = time;
  }

  /** Events of that customer at {@link #START}, from the source {@code /test}. */
  public static Events of(String customer) {
    return new Events("/test", customer, START);
  }

  public Events after(Duration sinceStart) {
    return new Events(source, customer, START.plus(sinceStart));
  }

  public Events at(Instant moment) {
    return new Events(source, customer, moment);
  }

  public Events from(String otherSource) {
    return new Events(otherSource, customer, time);
  }

  /** An inbound call begins. */
  public Event call(String contactId) {
    return contact(EventTypes.CONTACT_INITIATED, contactId);
  }

  /** A moment of a call's life. */
  public Event contact(String type, String contactId) {
    return event(
        contactId + ":" + type,
        type,
        data().put("contactId", contactId).put("channel", "voice").put("direction", "inbound"));
  }

  public Event cartItemAdded(String id, String sku, int price) {
    return event(
        id,
        EventTypes.CART_ITEM_ADDED,
        data()
            .put("cartId", "cart")
            .put("sku", sku)
            .put("quantity", 1)
            .put("price", price)
            .put("currency", "IRR"));
  }

  public Event orderPlaced(String id, int total) {
    return event(
        id,
        EventTypes.ORDER_PLACED,
        data().put("orderId", id).put("total", total).put("currency", "IRR"));
  }

  public Event message(String id, String text, double sentiment) {
    return event(
        id,
        EventTypes.MESSAGE_RECEIVED,
        data().put("channel", "chat").put("text", text).put("sentiment", sentiment));
  }

  /** Anything else. */
  public Event event(String id, String type, ObjectNode data) {
    return new Event(CustomerKey.DEFAULT_TENANT, source, id, type, time, customer, data);
  }

  public static ObjectNode data() {
    return Json.mapper().createObjectNode();
  }
}
