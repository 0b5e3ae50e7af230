package io.nabz.customer;

import static io.nabz.testkit.Events.START;
import static io.nabz.testkit.Events.data;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nabz.model.Event;
import io.nabz.model.Json;
import io.nabz.testkit.Events;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Shuffling and doubling must not show once everything has arrived, even by weeks. Carts are left
 * out: of them that holds within an hour, see {@link CartOracleTest}.
 */
class ArrivalOrderTest {
  private static final int LIVES = 150;
  private static final int EVENTS = 60;
  private static final Events CUSTOMER = Events.of("C-1");

  @Test
  void theOrderOfArrivalDoesNotShowForAnyTypeOfEvent() {
    for (long seed = 0; seed < LIVES; seed++) {
      Random random = new Random(seed);
      List<Event> inOrder = randomLife(random);
      List<Event> shuffled = new ArrayList<>(inOrder);
      shuffled.addAll(inOrder.subList(0, inOrder.size() / 2));
      Collections.shuffle(shuffled, random);

      Life expected = new Life().with(inOrder.toArray(Event[]::new));
      Life actual = new Life().with(shuffled.toArray(Event[]::new));

      assertThat(seen(actual)).as("seed %d, now", seed).isEqualTo(seen(expected));
      for (int days : new int[] {2, 9, 40, 150}) {
        Duration later = Duration.ofDays(30 + days);
        assertThat(seen(actual.until(later)))
            .as("seed %d, %d days later", seed, days)
            .isEqualTo(seen(expected.until(later)));
      }
    }
  }

  /** All but the version, which counts steps of time, and the lag, which is that of arrival. */
  private static String seen(Life life) {
    ObjectNode tree = Json.mapper().valueToTree(life.snapshot());
    tree.remove("version");
    tree.withArray("flags").forEach(flag -> assertThat(flag.path("since").asText()).isNotEmpty());
    List<String> flags = new ArrayList<>();
    tree.remove("flags").forEach(flag -> flags.add(flag.toString()));
    Collections.sort(flags);
    return tree.toPrettyString() + flags;
  }

  private static List<Event> randomLife(Random random) {
    List<Event> events = new ArrayList<>();
    long second = 0;
    // Some lives take an afternoon, some a month.
    int pace = random.nextBoolean() ? 300 : 40_000;
    for (int i = 0; i < EVENTS; i++) {
      second += 1 + random.nextInt(pace);
      events.add(randomEvent(random, i, CUSTOMER.at(START.plusSeconds(second)), second));
    }
    return events;
  }

  private static Event randomEvent(Random random, int i, Events moment, long second) {
    String type = Catalogue.TYPES.get(random.nextInt(Catalogue.TYPES.size()));
    ObjectNode data = data();
    switch (type.substring(0, type.indexOf('.'))) {
      case "contact", "message", "callback" -> {
        data.put("contactId", "k-" + random.nextInt(6));
        maybe(random, data, "channel", "voice", "chat", "email", "ivr");
        maybe(random, data, "topic", "delivery", "billing", "cancel");
        maybe(random, data, "queue", "one", "two");
        maybe(random, data, "agentId", "a-1", "a-2");
        maybe(random, data, "direction", "inbound", "inbound", "outbound");
        maybe(random, data, "disposition", "resolved", "unresolved");
        if (random.nextInt(3) == 0) {
          data.put("waitSeconds", random.nextInt(100));
          data.put("dueAt", START.plusSeconds(second + random.nextInt(90_000)).toString());
          data.put("sentiment", random.nextInt(21) / 10.0 - 1).put("text", "text " + i);
        }
      }
      case "case" -> {
        data.put("caseId", "case-" + random.nextInt(4));
        maybe(random, data, "topic", "delivery", "billing");
        maybe(random, data, "priority", "high", "normal");
      }
      case "order" -> {
        data.put("orderId", "o-" + random.nextInt(5));
        maybe(random, data, "currency", "IRR", "EUR");
        if (random.nextBoolean()) {
          data.put("total", random.nextInt(500));
          data.put("promisedAt", START.plusSeconds(second + random.nextInt(200_000)).toString());
          data.putArray("items").addObject().put("sku", "s-" + random.nextInt(4));
        }
      }
      case "selfservice" -> maybe(random, data, "task", "pay", "look");
      case "survey", "review", "social" -> {
        maybe(random, data, "metric", "nps", "csat", "ces");
        data.put("score", random.nextInt(11));
      }
      case "campaign" -> {
        data.put("campaignId", "c-" + random.nextInt(4));
        maybe(random, data, "channel", "sms", "email");
      }
      case "offer" -> {
        data.put("offerId", "f-" + random.nextInt(4));
        maybe(random, data, "alertId", "al-1", "al-2");
      }
      case "loyalty" -> {
        maybe(random, data, "tier", "silver", "gold");
        data.put("delta", random.nextInt(20) - 5);
        maybe(random, data, "balance", "10", "20");
      }
      case "profile" -> {
        ObjectNode attributes = data.putObject("attributes");
        maybe(random, attributes, "name", "Sara", "سارا");
        maybe(random, attributes, "city", "Tehran", "Tabriz");
        if (random.nextInt(4) == 0) {
          attributes.putNull("city");
        }
      }
      case "consent" -> {
        maybe(random, data, "purpose", "marketing", "profiling");
        maybe(random, data, "channel", "sms", "email");
        data.put("granted", random.nextBoolean());
      }
      case "relationship" -> {
        data.put("customer", "C-" + (2 + random.nextInt(3)));
        maybe(random, data, "kind", "household", "employer");
      }
      default -> data.put("title", "t");
    }
    if (random.nextInt(3) == 0) {
      data.putObject("identifiers").put("deviceId", "d-" + random.nextInt(3));
    }
    return moment.event("e-" + i, type, data);
  }

  private static void maybe(Random random, ObjectNode data, String field, String... values) {
    if (random.nextInt(3) > 0) {
      data.put(field, values[random.nextInt(values.length)]);
    }
  }
}
