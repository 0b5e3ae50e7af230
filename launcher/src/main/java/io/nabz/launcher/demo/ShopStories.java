package io.nabz.launcher.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nabz.launcher.demo.DemoTexts.Product;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Visits, carts, payments and deliveries of the shop. */
final class ShopStories {
  private static final String CURRENCY = "IRR";

  private ShopStories() {}

  /** Looking around; some of it before the shop knows who it is. */
  static void browse(Story story) {
    boolean known = story.chance(60);
    String channel = story.chance(55) ? "web" : "app";
    int pages = 4 + story.random.nextInt(9);
    for (int i = 0; i < pages; i++) {
      Product product = story.texts.product(story.random);
      String name = product.name(story.customer.language);
      ObjectNode data = known ? story.data() : story.visitorData();
      data.put("channel", channel);
      boolean search = story.chance(15);
      if (search) {
        data.put("query", name);
      } else {
        data.put("url", "/products/" + product.sku())
            .put("title", name)
            .put("topic", product.category());
      }
      String type =
          search ? "search.performed" : channel.equals("app") ? "screen.viewed" : "page.viewed";
      if (known) {
        story.event(Story.SHOP, type, data);
      } else {
        story.visitorEvent(type, data);
      }
      story.pause(4, 45);
    }
    if (!known && story.chance(50)) {
      ObjectNode data = story.visitorData();
      ((ObjectNode) data.get("identifiers")).put("email", story.customer.email);
      story.event(Story.SHOP, "identity.linked", data);
    } else if (story.chance(10)) {
      story.event(
          Story.SHOP, "error.shown", story.data().put("code", "E-503").put("url", "/basket"));
    }
  }

  static void boughtCart(Story story) {
    String cart = story.newId("cart");
    List<Product> items = fill(story, cart);
    checkout(story, cart);
    order(story, cart, items);
  }

  static void abandonedCart(Story story) {
    String cart = story.newId("cart");
    List<Product> items = fill(story, cart);
    if (items.size() > 1 && story.chance(30)) {
      story.event(Story.SHOP, "cart.item_removed", item(story, cart, items.get(0)));
    }
    if (story.chance(35)) {
      checkout(story, cart);
    }
    // So that the next story of this customer does not come before the cart counts as abandoned.
    story.pause(1900, 2400);
  }

  static void paymentFailure(Story story) {
    String cart = story.newId("cart");
    List<Product> items = fill(story, cart);
    checkout(story, cart);
    int failures = 1 + story.random.nextInt(3);
    for (int i = 0; i < failures; i++) {
      story.event(
          Story.SHOP,
          "payment.failed",
          story
              .data()
              .put("cartId", cart)
              .put("price", total(items))
              .put("currency", CURRENCY)
              .put(
                  "reason",
                  List.of("declined", "gateway_timeout", "insufficient_funds")
                      .get(story.random.nextInt(3))));
      story.pause(20, 90);
    }
    if (story.chance(45)) {
      order(story, cart, items);
    } else if (story.chance(65)) {
      ContactStories.call(story, "payment", 60);
    }
  }

  static void deliveryOnTime(Story story) {
    String orderId = order(story, story.newId("cart"), List.of(story.texts.product(story.random)));
    story.pause(150, 500);
    story.event(Story.SHOP, "order.shipped", story.data().put("orderId", orderId));
    story.pause(300, 1200);
    story.event(Story.SHOP, "order.delivered", story.data().put("orderId", orderId));
    if (story.chance(30)) {
      story.pause(60, 300);
      boolean happy = story.chance(80);
      story.event(
          Story.SHOP,
          "review.posted",
          story
              .data()
              .put("score", happy ? 5 : 2)
              .put("text", story.text("any", happy ? "survey-good" : "survey-bad", "", ""))
              .put("lang", story.customer.language));
    } else if (story.chance(12)) {
      story.pause(200, 900);
      story.event(Story.SHOP, "order.returned", story.data().put("orderId", orderId));
    }
  }

  static void lateDelivery(Story story) {
    String orderId = order(story, story.newId("cart"), List.of(story.texts.product(story.random)));
    story.pause(100, 300);
    story.event(Story.SHOP, "order.shipped", story.data().put("orderId", orderId));
    story.pause(200, 600);
    story.event(
        Story.SHOP,
        "order.delayed",
        story
            .data()
            .put("orderId", orderId)
            .put("reason", "courier")
            .put("promisedAt", story.now().plus(Duration.ofHours(24)).toString()));
    story.pause(60, 400);
    if (story.chance(60)) {
      ContactStories.call(story, "delivery", 50);
    }
    story.pause(200, 600);
    story.event(
        Story.SHOP,
        story.chance(80) ? "order.delivered" : "order.cancelled",
        story.data().put("orderId", orderId));
  }

  static void campaign(Story story) {
    String campaign =
        List.of("yalda", "spring-sale", "winter-home", "new-arrivals").get(story.random.nextInt(4));
    String channel = story.chance(50) ? "sms" : "email";
    send(story, "campaign.sent", campaign, channel);
    if (story.chance(5)) {
      story.pause(20, 200);
      send(story, "campaign.unsubscribed", campaign, channel);
    } else if (story.chance(60)) {
      story.pause(20, 300);
      send(story, "campaign.opened", campaign, channel);
      if (story.chance(40)) {
        story.pause(3, 20);
        send(story, "campaign.clicked", campaign, channel);
        browse(story);
      }
    }
  }

  private static void send(Story story, String type, String campaign, String channel) {
    story.event(Story.CRM, type, story.data().put("campaignId", campaign).put("channel", channel));
  }

  private static List<Product> fill(Story story, String cart) {
    List<Product> items = new ArrayList<>();
    int count = 1 + story.random.nextInt(4);
    for (int i = 0; i < count; i++) {
      Product product = story.texts.product(story.random);
      items.add(product);
      story.event(
          Story.SHOP,
          "page.viewed",
          story
              .data()
              .put("channel", "web")
              .put("url", "/products/" + product.sku())
              .put("title", product.name(story.customer.language)));
      story.pause(8, 50);
      story.event(Story.SHOP, "cart.item_added", item(story, cart, product));
      story.pause(5, 60);
    }
    return items;
  }

  private static ObjectNode item(Story story, String cart, Product product) {
    return story
        .data()
        .put("cartId", cart)
        .put("sku", product.sku())
        .put("name", product.name(story.customer.language))
        .put("quantity", 1)
        .put("price", product.priceRial())
        .put("currency", CURRENCY);
  }

  private static void checkout(Story story, String cart) {
    story.event(Story.SHOP, "checkout.started", story.data().put("cartId", cart));
    story.pause(15, 80);
  }

  private static String order(Story story, String cart, List<Product> items) {
    String orderId = story.newId("O");
    ObjectNode data =
        story
            .data()
            .put("orderId", orderId)
            .put("cartId", cart)
            .put("total", total(items))
            .put("currency", CURRENCY)
            .put("channel", story.chance(85) ? "web" : story.chance(50) ? "voice" : "in_person")
            .put("promisedAt", story.now().plus(Duration.ofHours(48)).toString());
    ArrayNode lines = data.putArray("items");
    for (Product product : items) {
      lines
          .addObject()
          .put("sku", product.sku())
          .put("name", product.name(story.customer.language))
          .put("quantity", 1)
          .put("price", product.priceRial());
    }
    story.event(Story.SHOP, "order.placed", data);
    return orderId;
  }

  private static long total(List<Product> items) {
    return items.stream().mapToLong(Product::priceRial).sum();
  }
}
