package io.nabz.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nabz.model.CustomerKey;
import io.nabz.model.Event;
import io.nabz.model.EventTypes;
import io.nabz.model.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.SplittableRandom;

/**
 * Makes the events of a contact centre with a shop, about 400 bytes each: contacts that live from
 * initiation to end, messages with a sentiment, pages, carts and orders. Not for several threads.
 */
final class EventGenerator {
  /** One record of the events' topic. */
  record Generated(byte[] key, byte[] value) {}

  private static final String[] CONTACT_LIFE = {
    EventTypes.CONTACT_INITIATED,
    EventTypes.CONTACT_QUEUED,
    EventTypes.CONTACT_CONNECTED,
    EventTypes.CONTACT_ENDED
  };
  private static final String[] CHANNELS = {"voice", "voice", "voice", "chat", "email"};
  private static final String[] QUEUES = {"billing", "delivery", "technical", "sales"};
  private static final String[] PAGES = {"orders", "delivery-status", "product", "help", "returns"};
  private static final String[] TEXTS = {
    "Where is my parcel? It was promised for yesterday and nobody called me.",
    "سفارش من هنوز نرسیده است و کسی پاسخ نمی‌دهد.",
    "Thank you, the new phone works very well and came early.",
    "ممنون، مشکل پرداخت من حل شد و همه چیز درست است.",
    "I was charged twice for the same order, please look into it."
  };

  private final Traffic traffic;
  private final CustomerDraw customers;
  private final SplittableRandom random;

  /**
   * How many contact events of the customer there were; says which contact and where in its life.
   */
  private final int[] contactSteps;

  private long sequence;

  EventGenerator(Traffic traffic) {
    this.traffic = requireNonNull(traffic, "traffic is null");
    this.customers = new CustomerDraw(traffic.customers(), traffic.allFirst(), traffic.skew());
    this.random = new SplittableRandom(traffic.seed());
    this.contactSteps = new int[traffic.customers()];
  }

  Generated next() {
    long number = sequence++;
    int customer = customers.next(random);
    String customerId = "C-%06d".formatted(customer);
    ObjectNode data = Json.mapper().createObjectNode();
    String type = fill(data, customer, number);
    Instant time = traffic.start().plus(traffic.step().multipliedBy(number));
    Event event =
        new Event(
            CustomerKey.DEFAULT_TENANT,
            source(type),
            SequenceId.of(number),
            type,
            time,
            customerId,
            data);
    byte[] key = new CustomerKey(CustomerKey.DEFAULT_TENANT, customerId).toString().getBytes(UTF_8);
    return new Generated(key, event.toBytes());
  }

  private String fill(ObjectNode data, int customer, long number) {
    int percent = random.nextInt(100);
    if (percent < 30) {
      return contact(data, customer);
    } else if (percent < 50) {
      return message(data, customer);
    } else if (percent < 80) {
      return page(data, customer);
    } else if (percent < 95) {
      return cart(data, customer, percent < 92);
    }
    return order(data, customer, number, percent < 98);
  }

  private String contact(ObjectNode data, int customer) {
    int step = contactSteps[customer]++;
    int life = step % CONTACT_LIFE.length;
    int contact = step / CONTACT_LIFE.length;
    identifiers(data).put("phone", "+98912%07d".formatted(customer % 10_000_000));
    data.put("contactId", contactId(customer, contact));
    data.put("channel", CHANNELS[(customer + contact) % CHANNELS.length]);
    data.put("direction", "inbound");
    data.put("queue", pick(QUEUES));
    // One contact, one matter: were it another with each event, a flag that rests on it would go
    // and come back on the same evidence, and its alert, the same, be told again.
    data.put("topic", PAGES[(customer + 3 * contact) % PAGES.length]);
    data.put("carrierTrunk", "sip-trunk-tehran-%02d".formatted(random.nextInt(16)));
    data.put("ivrPath", "main menu/2 my orders/1 where is my parcel/0 speak to somebody");
    if (life >= 2) {
      data.put("agentId", "a-%03d".formatted(random.nextInt(200)));
      data.put("waitSeconds", random.nextInt(600));
    }
    if (life == 3) {
      data.put("disposition", random.nextBoolean() ? "resolved" : "unresolved");
    }
    return CONTACT_LIFE[life];
  }

  private String message(ObjectNode data, int customer) {
    identifiers(data).put("email", "customer%06d@example.com".formatted(customer));
    data.put("contactId", contactId(customer, contactSteps[customer] / CONTACT_LIFE.length));
    data.put("channel", "chat");
    data.put("lang", "fa");
    data.put("conversationTitle", "Chat from the page of the order, customer waits");
    data.put("text", pick(TEXTS));
    data.put("sentiment", BigDecimal.valueOf(random.nextInt(-100, 101), 2));
    return EventTypes.MESSAGE_RECEIVED;
  }

  private String page(ObjectNode data, int customer) {
    identifiers(data).put("deviceId", "d-%08x".formatted(customer));
    String page = pick(PAGES);
    data.put("channel", "web");
    data.put("url", "https://shop.example.com/fa/%s/%06d".formatted(page, random.nextInt(1000)));
    data.put("title", "Example shop: " + page);
    data.put("referrer", "https://search.example.com/?q=" + page);
    data.put("userAgent", "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Mobile");
    return "page.viewed";
  }

  private String cart(ObjectNode data, int customer, boolean added) {
    identifiers(data).put("deviceId", "d-%08x".formatted(customer));
    data.put("channel", "app");
    data.put("cartId", "cart-%06d".formatted(customer));
    int sku = random.nextInt(500);
    data.put("sku", "SKU-%05d".formatted(sku));
    data.put("name", "Example product number " + sku + ", blue, medium, with a two-year guarantee");
    data.put("quantity", 1 + random.nextInt(3));
    data.put("price", 10_000 * (1 + sku));
    data.put("currency", "IRR");
    return added ? EventTypes.CART_ITEM_ADDED : EventTypes.CART_ITEM_REMOVED;
  }

  private String order(ObjectNode data, int customer, long number, boolean placed) {
    identifiers(data).put("email", "customer%06d@example.com".formatted(customer));
    data.put("channel", "app");
    data.put("cartId", "cart-%06d".formatted(customer));
    data.put("currency", "IRR");
    if (!placed) {
      data.put("reason", "the bank did not answer in time");
      return EventTypes.PAYMENT_FAILED;
    }
    data.put("orderId", "o-" + number);
    data.put("total", 10_000 * (1 + random.nextInt(2_000)));
    data.put("deliveryAddress", "Valiasr street, number " + random.nextInt(3_000) + ", Tehran");
    return EventTypes.ORDER_PLACED;
  }

  private static ObjectNode identifiers(ObjectNode data) {
    return data.putObject("identifiers");
  }

  private static String contactId(int customer, int contact) {
    return "k-%06d-%d".formatted(customer, contact);
  }

  private static String source(String type) {
    return type.startsWith("contact.") ? "/pbx/tehran" : "/shop/example";
  }

  private String pick(String[] choices) {
    return choices[random.nextInt(choices.length)];
  }
}
