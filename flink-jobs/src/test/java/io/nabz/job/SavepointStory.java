package io.nabz.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nabz.model.Event;
import io.nabz.model.EventTypes;
import io.nabz.testkit.Events;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What happened before the kept savepoint, and what happens after it is restored. The first part is
 * what the savepoint was made of: a change to it asks for a new savepoint.
 */
final class SavepointStory {
  static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");

  /** The customer of the last event of the first part. */
  static final String LAST = "C-last";

  private final List<Event> events = new ArrayList<>();

  private SavepointStory() {}

  static List<Event> before() {
    SavepointStory story = new SavepointStory();
    story.everyKindOfMatter();
    story.add("C-1", -120, "contact.initiated", call("k-1").put("queue", "billing"));
    story.add("C-1", -119, "contact.queued", call("k-1").put("queue", "billing"));
    story.add("C-1", -118, "contact.connected", call("k-1").put("agentId", "a-1"));
    story.add("C-1", -110, "contact.ended", call("k-1").put("agentId", "a-1"));
    story.add("C-1", -60, "contact.initiated", call("k-2"));
    story.add(null, -50, "page.viewed", device().put("title", "Prices"));
    story.add(null, -45, "contact.initiated", deviceCall());
    story.add("C-2", -10, "selfservice.failed", Events.data().put("task", "pay"));
    story.add("C-3", -40, "contact.initiated", call("k-3"));
    story.add("C-crm", -30, EventTypes.IDENTITY_MERGED, pair());
    story.add("C-5", -5, "contact.queued", call("k-5").put("queue", "billing"));
    story.add(null, -120, EventTypes.AGENT_STATE_CHANGED, agent("available"));
    story.add("C-6", -20, "case.opened", Events.data().put("caseId", "x-1"));
    story.add("C-6", -20, "relationship.linked", household());
    story.add("C-9", -2, "cart.item_added", Events.data().put("sku", "shoes").put("quantity", 2));
    story.add(LAST, 0, "page.viewed", Events.data());
    return story.events;
  }

  static List<Event> after() {
    SavepointStory story = new SavepointStory();
    // Had before: changes nothing.
    story.add("C-1", -60, "contact.initiated", call("k-2"));
    story.add("C-1", 2, "contact.initiated", call("k-4"));
    story.add("C-2", 3, "contact.initiated", call("k-6"));
    story.add("C-10", 4, EventTypes.IDENTITY_LINKED, device());
    story.add("C-crm", 5, EventTypes.IDENTITY_SPLIT, pair());
    story.add("C-5", -4, "contact.connected", call("k-5").put("agentId", "a-1"));
    story.add(null, -4, EventTypes.AGENT_STATE_CHANGED, agent("busy"));
    story.add("C-6", 6, "case.resolved", Events.data().put("caseId", "x-1"));
    story.add(
        "C-7",
        6,
        "relationship.ended",
        Events.data().put("customer", "C-6").put("kind", "household"));
    story.add("C-8", 7, "order.delivered", Events.data().put("orderId", "o"));
    // Lets the clock go on past the rest of the cart.
    story.add(LAST, 60, "page.viewed", Events.data());
    return story.events;
  }

  /** One of each, so that there is something in every list of the state. */
  private void everyKindOfMatter() {
    for (String type :
        List.of(
            "callback.requested",
            "message.received",
            "selfservice.started",
            "search.performed",
            "error.shown",
            "cart.item_added",
            "checkout.started",
            "payment.failed",
            "order.placed",
            "case.opened",
            "survey.answered",
            "campaign.sent",
            "offer.presented",
            "loyalty.joined",
            "profile.updated",
            "auth.failed",
            "consent.changed",
            "something.unheard_of")) {
      ObjectNode data = Events.data();
      data.put("contactId", "k-8").put("caseId", "x-8").put("orderId", "o").put("cartId", "c");
      data.put("text", "This is terrible").put("channel", "chat").put("topic", "delivery");
      data.put("task", "pay").put("sku", "hat").put("price", 5).put("currency", "IRR");
      data.put("total", 5).put("dueAt", "2026-01-06T12:00:00Z");
      data.put("promisedAt", "2026-01-08T12:00:00Z").put("metric", "csat").put("score", 2);
      data.put("campaignId", "p").put("offerId", "f").put("tier", "gold").put("method", "otp");
      data.put("purpose", "marketing").put("granted", true);
      data.putObject("attributes").put("name", "Sara").put("city", "Tehran");
      data.putObject("identifiers").put("phone", "+982112345678").put("deviceId", "d-8");
      add("C-8", -100, type, data);
    }
  }

  private void add(String customer, int minute, String type, ObjectNode data) {
    Instant at = NOON.plus(Duration.ofMinutes(minute));
    String id = type + minute + (customer == null ? "" : customer);
    events.add(new Event("default", "/test", id, type, at, customer, data));
  }

  private static ObjectNode call(String contactId) {
    return Events.data()
        .put("contactId", contactId)
        .put("channel", "voice")
        .put("direction", "inbound");
  }

  private static ObjectNode device() {
    ObjectNode data = Events.data();
    data.putObject("identifiers").put("deviceId", "d-1");
    return data;
  }

  private static ObjectNode deviceCall() {
    ObjectNode data = call("k-7");
    data.putObject("identifiers").put("deviceId", "d-1");
    return data;
  }

  private static ObjectNode pair() {
    return Events.data().put("from", "C-3").put("into", "C-4");
  }

  private static ObjectNode household() {
    return Events.data().put("customer", "C-7").put("kind", "household");
  }

  private static ObjectNode agent(String state) {
    return Events.data().put("agentId", "a-1").put("state", state).put("queue", "billing");
  }
}
