package io.nabz.api.segment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.nabz.api.Samples;
import io.nabz.api.intake.Incoming;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SegmentEventsTest {
  private static final Instant RECEIVED = Samples.TEN;
  private static final SegmentClock CLOCK = new SegmentClock(RECEIVED, null);

  private final SegmentEvents events = new SegmentEvents();

  @Test
  void theECommerceEventsOfTheSpecificationBecomeOurs() {
    assertThat(data("Product Added", "'cart_id':'k','product_id':'p','price':'18.99'"))
        .hasToString(
            """
            {"properties":{"cart_id":"k","product_id":"p","price":"18.99"},"cartId":"k","sku":"p",\
            "price":18.99,"identifiers":{"customerId":"U"}}\
            """);
    JsonNode order =
        data(
            "Order Completed",
            "'order_id':'o','revenue':25,'currency':'usd',"
                + "'products':[{'sku':'a','price':'19','quantity':2},{'product_id':'b'}]");
    assertThat(order.get("total")).hasToString("25");
    assertThat(order.get("currency").asText()).isEqualTo("USD");
    assertThat(order.get("items"))
        .hasToString("[{\"sku\":\"a\",\"quantity\":2,\"price\":19},{\"sku\":\"b\"}]");
    for (List<String> pair :
        List.of(
            List.of("Product Removed", "cart.item_removed"),
            List.of("Checkout Started", "checkout.started"),
            List.of("Payment Failed", "payment.failed"),
            List.of("Order Completed", "order.placed"),
            List.of("Order Refunded", "order.returned"),
            List.of("Order Cancelled", "order.cancelled"),
            List.of("Products Searched", "search.performed"),
            List.of("Product Viewed", "page.viewed"),
            List.of("Product Reviewed", "review.posted"),
            List.of("Email Opened", "campaign.opened"),
            List.of("خرید شد", "track.خرید_شد"),
            List.of("  Plan — Upgraded!", "track.plan_upgraded_"))) {
      assertThat(track(pair.get(0), "").get("type").asText()).isEqualTo(pair.get(1));
    }
  }

  @Test
  void aWrongClockIsCorrectedByWhenItSaysItSent() {
    // Made ten minutes before it was sent, on a clock that is a year behind.
    String made = "'timestamp':'2025-11-22T09:50:00Z','sentAt':'2025-11-22T10:00:00Z'";
    assertThat(time(made, CLOCK)).isEqualTo(RECEIVED.minus(Duration.ofMinutes(10)));
    assertThat(time("'originalTimestamp':'2025-11-22T09:50:00Z'", CLOCK))
        .as("without a word on the sending the time stands")
        .isEqualTo("2025-11-22T09:50:00Z");
    SegmentClock batch = new SegmentClock(RECEIVED, Instant.parse("2025-11-22T09:51:00Z"));
    assertThat(time("'timestamp':'2025-11-22T09:50:00Z'", batch))
        .isEqualTo(RECEIVED.minus(Duration.ofMinutes(1)));
    assertThat(time("'timestamp':'2025-11-22T10:50:00Z','sentAt':'2025-11-22T10:00:00Z'", CLOCK))
        .as("sent before it was made")
        .isEqualTo(RECEIVED);
    assertThat(time("'messageId':'m'", CLOCK)).isEqualTo(RECEIVED);
    String ages = "'timestamp':'1970-01-01T00:00:00Z','sentAt':'+99999-01-01T00:00:00Z'";
    assertThat(time(ages, CLOCK)).as("no wait is that long").isEqualTo(Instant.EPOCH);
  }

  @Test
  void theSameCallSentAgainIsTheSameEvent() {
    String call = "{'event':'x','userId':'U','timestamp':'2026-11-22T09:50:00Z'}";
    assertThat(id(call)).isEqualTo(id(call));
    assertThat(id(call)).isNotEqualTo(id(call.replace("U", "V")));
    assertThat(id("{'event':'x','userId':'U','messageId':'m-1'}")).isEqualTo("m-1");
    String click = "{'event':'click','userId':'U'}";
    assertThat(id(click)).as("two clicks at no time").isNotEqualTo(id(click));
  }

  @Test
  void traitsBecomeAttributesAndIdentifiersStayApartFromThem() {
    JsonNode event =
        read(
            "{'userId':7,'traits':{'firstName':'Sara','email':'s@x.ir','phone':'0912','age':30,"
                + "'address':{'street':'Azadi 1','city':'Tehran'},'tags':['a']},"
                + "'context':{'locale':'fa-IR','device':{'id':'d-1'},'ip':'10.0.0.1'}}",
            SegmentCall.IDENTIFY);
    assertThat(event.get("type").asText()).isEqualTo("profile.updated");
    assertThat(event.get("subject").asText()).isEqualTo("7");
    assertThat(event.at("/data/identifiers"))
        .hasToString(
            "{\"customerId\":\"7\",\"deviceId\":\"d-1\",\"email\":\"s@x.ir\",\"phone\":\"0912\"}");
    assertThat(event.at("/data/attributes"))
        .hasToString(
            "{\"firstName\":\"Sara\",\"age\":30,\"address\":\"Azadi 1, Tehran\","
                + "\"city\":\"Tehran\",\"language\":\"fa\"}");
    assertThat(event.toString()).doesNotContain("10.0.0.1");
  }

  private JsonNode track(String name, String properties) {
    return read(
        "{'event':'%s','userId':'U','properties':{%s}}".formatted(name, properties),
        SegmentCall.TRACK);
  }

  private JsonNode data(String name, String properties) {
    return track(name, properties).get("data");
  }

  private Instant time(String fields, SegmentClock clock) {
    Incoming read =
        events.read(
            bytes("{'event':'x','userId':'U'," + fields + "}"), SegmentCall.TRACK, "web", clock);
    return Instant.parse(read.events().get(0).get("time").asText());
  }

  private String id(String call) {
    return read(call, SegmentCall.TRACK).get("id").asText();
  }

  private JsonNode read(String call, SegmentCall kind) {
    Incoming read = events.read(bytes(call), kind, "web", CLOCK);
    assertThat(read.refusal()).isNull();
    return read.events().get(0);
  }

  private static byte[] bytes(String json) {
    return json.replace('\'', '"').getBytes(UTF_8);
  }
}
