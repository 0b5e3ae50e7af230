package io.nabz.launcher.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nabz.model.Json;
import java.time.Instant;
import java.util.SplittableRandom;

/** One story while it is being told: whose it is, and where on the virtual clock it has come. */
final class Story {
  static final String PBX = "/demo/pbx";
  static final String SHOP = "/demo/shop";
  static final String CHAT = "/demo/chat";
  static final String CRM = "/demo/crm";

  /** Takes one event that will happen. */
  interface Outlet {
    void add(Instant time, String source, String type, String subject, ObjectNode data);
  }

  final DemoCustomer customer;
  final SplittableRandom random;
  final DemoTexts texts;
  final DemoAgents agents;
  private final Outlet outlet;
  private final String id;
  private Instant now;
  private int contacts;

  /**
   * @param id unique over all runs; ids of contacts, carts and orders are built on it
   */
  Story(
      String id,
      Instant start,
      DemoCustomer customer,
      SplittableRandom random,
      DemoTexts texts,
      DemoAgents agents,
      Outlet outlet) {
    this.id = id;
    this.now = start;
    this.customer = customer;
    this.random = random;
    this.texts = texts;
    this.agents = agents;
    this.outlet = outlet;
    introduce();
  }

  private void introduce() {
    if (!customer.introduce()) {
      return;
    }
    ObjectNode data = data();
    data.putObject("attributes")
        .put("name", customer.name())
        .put("firstName", customer.given.fa())
        .put("lastName", customer.family.fa())
        .put("nameLatin", customer.given.en() + " " + customer.family.en())
        .put("gender", customer.gender)
        .put("city", customer.language.equals("fa") ? customer.city.fa() : customer.city.en())
        .put("language", customer.language)
        .put("segment", customer.premium() ? "premium" : "standard");
    event(CRM, "profile.updated", data);
    event(CRM, "loyalty.tier_changed", data().put("tier", customer.tier));
    pause(1, 4);
  }

  Instant now() {
    return now;
  }

  /** Goes on to that moment; never back. */
  void goTo(Instant time) {
    now = time.isAfter(now) ? time : now;
  }

  void pause(int fromSeconds, int toSeconds) {
    now =
        now.plusMillis(fromSeconds * 1000L + random.nextInt((toSeconds - fromSeconds) * 1000 + 1));
  }

  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  String newId(String prefix) {
    return prefix + "-" + id + (contacts++ == 0 ? "" : "-" + contacts);
  }

  /** Data with the customer's strong identifiers. */
  ObjectNode data() {
    ObjectNode data = Json.mapper().createObjectNode();
    data.putObject("identifiers").put("phone", customer.phone).put("email", customer.email);
    return data;
  }

  /** Data of somebody whom the shop knows only by the device. */
  ObjectNode visitorData() {
    ObjectNode data = Json.mapper().createObjectNode();
    data.putObject("identifiers")
        .put("deviceId", customer.deviceId)
        .put("anonymousId", customer.anonymousId);
    return data;
  }

  void event(String source, String type, ObjectNode data) {
    outlet.add(now, source, type, customer.id, data);
  }

  /** An event of somebody whom the shop knows only by the device. */
  void visitorEvent(String type, ObjectNode data) {
    outlet.add(now, SHOP, type, null, data);
  }

  void agentState(DemoAgents.Agent agent, String state, Instant at) {
    ObjectNode data = Json.mapper().createObjectNode();
    data.put("agentId", agent.id).put("state", state).put("queue", agent.queue);
    outlet.add(at, PBX, "agent.state_changed", null, data);
  }

  String text(String topic, String mood, String orderId, String product) {
    return texts
        .message(customer.language, topic, mood, random)
        .replace("{order}", orderId)
        .replace("{product}", product);
  }
}
