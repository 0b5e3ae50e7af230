package io.nabz.customer;

import static io.nabz.testkit.Events.data;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nabz.customer.state.CustomerState;
import io.nabz.customer.state.codec.CustomerStateCodec;
import io.nabz.model.Event;
import io.nabz.model.Json;
import io.nabz.testkit.Events;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What one customer costs in state. */
class StateSizeTest {
  private static final Events CUSTOMER = Events.of("C-1");

  /**
   * The ceiling of the state, however hostile the stream; ids of events may have 1,024 characters.
   */
  private static final int CEILING_BYTES = 160 * 1024;

  @Test
  void aHostileStreamOfAllTypesCostsABoundedState() throws Exception {
    Life life = new Life();
    String longText = "ن".repeat(3_000);
    List<String> types = new ArrayList<>(Catalogue.TYPES);
    types.addAll(List.of("cart.item_added", "cart.item_removed", "checkout.started"));
    for (int i = 0; i < 15_000; i++) {
      String type = types.get(i % types.size());
      ObjectNode data = data();
      for (String field :
          new String[] {
            "contactId", "caseId", "orderId", "task", "metric", "campaignId", "offerId", "alertId",
            "purpose", "channel", "kind", "customer", "tier", "topic", "queue", "agentId",
            "priority", "sku", "name", "text", "cartId"
          }) {
        data.put(field, i + longText);
      }
      data.put("granted", true).put("score", 3).put("sentiment", -0.5).put("total", i);
      data.put("currency", "X" + i).put("promisedAt", "2027-01-01T00:00:00Z");
      data.putObject("identifiers").put("deviceId", "d-" + i).put("phone", "+98912" + i);
      data.putObject("attributes").put("a-" + i, longText);
      data.putArray("items").addObject().put("sku", i + longText).put("name", longText);
      life.with(CUSTOMER.after(Duration.ofMinutes(i)).from("/s-" + i).event("e-" + i, type, data));
    }
    CustomerState state = life.state;

    assertThat(state.contacts).hasSize(Contacts.MAX_CONTACTS);
    assertThat(state.cases).hasSize(Cases.MAX_CASES);
    assertThat(state.orders).hasSize(Orders.MAX_ORDERS);
    assertThat(state.callbacks).hasSize(Callbacks.MAX_CALLBACKS);
    assertThat(state.tasks).hasSize(SelfService.MAX_TASKS);
    assertThat(state.campaigns).hasSize(Marketing.MAX_CAMPAIGNS);
    assertThat(state.offers).hasSize(Marketing.MAX_OFFERS);
    assertThat(state.consents).hasSize(Marketing.MAX_CONSENTS);
    assertThat(state.relationships).hasSize(Relationships.MAX_RELATIONSHIPS);
    assertThat(state.surveys).hasSize(Surveys.MAX_METRICS);
    assertThat(state.products).hasSize(Purchases.MAX_PRODUCTS);
    assertThat(state.signs).hasSize(Moods.MAX_SIGNS);
    assertThat(state.topicStarts.size()).isLessThanOrEqualTo(Resolutions.MAX_TOPICS);
    assertThat(bytes(state)).isLessThan(CEILING_BYTES);
    assertThat(Json.bytes(life.snapshot()).length).isLessThan(CEILING_BYTES);
  }

  @Test
  void aBotThatFillsItsCartCostsABoundedState() throws Exception {
    Life life = new Life();
    String longText = "ن".repeat(3_000);
    for (int i = 0; i < 5_000; i++) {
      ObjectNode data = data().put("sku", i % 200 + longText).put("name", longText);
      data.put("cartId", i + longText).put("price", 5).put("currency", longText);
      life.with(CUSTOMER.after(Duration.ofSeconds(i)).event("e-" + i, "cart.item_added", data));
    }

    assertThat(bytes(life.state)).isLessThan(CEILING_BYTES);
  }

  @Test
  void anOrdinaryCustomerCostsLittle() throws Exception {
    Life life = new Life();
    for (int i = 0; i < 12; i++) {
      Events moment = CUSTOMER.after(Duration.ofMinutes(3L * i));
      life.with(moment.event("00000000-0000-0000-" + i, "page.viewed", data().put("title", "Bag")));
    }
    Events later = CUSTOMER.after(Duration.ofHours(1));
    life.with(
        later.cartItemAdded("a", "shoes", 900),
        later.orderPlaced("o", 900),
        later.call("k"),
        later.contact("contact.connected", "k"),
        message(later));

    assertThat(bytes(life.state)).isLessThan(1_024);
  }

  /**
   * Half an hour on the web, a basket, an order, a chat and two calls; the ids are as long as those
   * of most producers.
   */
  @Test
  void anOrdinaryCustomerOfThirtyEventsTakesLessThanTwoKibibytes() throws Exception {
    Life life = new Life();
    for (int i = 0; i < 30; i++) {
      Events moment = CUSTOMER.after(Duration.ofMillis(61_234L * i));
      life.with(moment.from(SOURCES[i % 3]).event(uuid(i), TYPES[i % TYPES.length], told(i)));
    }
    CustomerState state = life.state;
    int bytes = bytes(state);

    System.out.println("a customer of 30 events takes " + bytes + " bytes");
    assertThat(state.appliedEvents).isEqualTo(30);
    assertThat(state.contacts).isNotEmpty();
    assertThat(state.journey).isNotEmpty();
    assertThat(bytes).isLessThanOrEqualTo(2_048);
  }

  private static final String[] SOURCES = {"/web/shop", "/pbx/tehran", "/chat"};

  private static final String[] TYPES = {
    "page.viewed", "page.viewed", "search.performed", "cart.item_added", "contact.initiated",
    "contact.queued", "contact.connected", "message.received", "contact.ended", "order.placed"
  };

  private static String uuid(int number) {
    return UUID.nameUUIDFromBytes(new byte[] {(byte) number}).toString();
  }

  private static ObjectNode told(int number) {
    int round = number / TYPES.length;
    ObjectNode data = data();
    data.putObject("identifiers").put("phone", "+982112345678").put("deviceId", uuid(1_000));
    data.put("contactId", uuid(100 + round)).put("channel", "voice").put("queue", "billing");
    data.put("direction", "inbound").put("agentId", "a-012").put("topic", "delivery");
    data.put("cartId", "cart-1").put("sku", "SKU-" + round).put("name", "Running shoes, blue, 42");
    data.put("quantity", 1).put("price", 120_000).put("currency", "IRR");
    data.put("orderId", "o-" + round).put("total", 240_000);
    return data.put("text", "سفارش من هنوز نرسیده، قرار بود دیروز برسد.");
  }

  private static Event message(Events moment) {
    return moment.message("m", "سفارش من کجاست؟", -0.2);
  }

  private static int bytes(CustomerState state) {
    return new CustomerStateCodec().toBytes(state).length;
  }
}
