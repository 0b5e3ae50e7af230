package io.nabz.customer;

import static io.nabz.testkit.Events.START;
import static io.nabz.testkit.Events.data;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nabz.model.Alert;
import io.nabz.model.AlertState;
import io.nabz.model.CartState;
import io.nabz.model.Event;
import io.nabz.model.EventTypes;
import io.nabz.model.FlagCode;
import io.nabz.model.Snapshot;
import io.nabz.testkit.Events;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Carts under heavy disorder: whatever comes up to an hour late, twice, and while the clock runs
 * ahead, basket, flag, alerts and counts are those of the slow definition.
 */
class CartOracleTest {
  private static final int LIVES = Integer.getInteger("nabz.carts.seeds", 3_000);
  private static final Events CUSTOMER = Events.of("C-1");
  private static final String[] TYPES = {
    EventTypes.CART_ITEM_ADDED,
    EventTypes.CART_ITEM_ADDED,
    EventTypes.CART_ITEM_ADDED,
    EventTypes.CART_ITEM_REMOVED,
    EventTypes.CHECKOUT_STARTED,
    EventTypes.PAYMENT_FAILED,
    EventTypes.ORDER_PLACED,
    EventTypes.PAGE_VIEWED
  };

  private record Arrival(Instant at, Event event) {}

  @Test
  void disorderWithinTheHourNeverShows() {
    for (long seed = 0; seed < LIVES; seed++) {
      Random random = new Random(seed);
      List<Event> events = randomLife(random);
      Life life = new Life();
      for (Arrival arrival : disordered(events, random)) {
        if (random.nextInt(4) == 0) {
          // Another feed has let the clock go on before this one was heard.
          life.until(Duration.between(START, arrival.at()));
        }
        life.apply(arrival.event());
      }
      Instant last = events.get(events.size() - 1).time();
      Duration[] looks = {Duration.ofHours(1), Duration.ofHours(2), Duration.ofDays(31)};
      for (Duration look : looks) {
        Instant now = last.plus(look);
        life.until(Duration.between(START, now));
        assertSame(life, SlowCart.of(events, now), "seed " + seed + ", " + look + " later");
      }
    }
  }

  private static void assertSame(Life life, SlowCart oracle, String when) {
    Snapshot snapshot = life.snapshot();
    Snapshot.Cart cart = snapshot.currentActivity().cart();
    Map<String, Double> lines = new LinkedHashMap<>();
    cart.items().forEach(item -> lines.put(item.sku(), item.quantity().doubleValue()));
    assertThat(List.copyOf(lines.entrySet()))
        .as("basket, %s", when)
        .isEqualTo(List.copyOf(oracle.lines.entrySet()));
    assertThat(cart.state() == CartState.ABANDONED).as("state, %s", when).isEqualTo(oracle.isLeft);
    assertThat(life.flags().contains(FlagCode.CART_ABANDONED))
        .as("flag, %s", when)
        .isEqualTo(oracle.isLeft);
    assertThat(standing(life.alerts)).as("alerts that stand, %s", when).isEqualTo(oracle.left);
    long within =
        oracle.left.values().stream()
            .filter(at -> at.isAfter(snapshot.asOf().minus(Duration.ofDays(7))))
            .count();
    long atMost =
        oracle.left.values().stream()
            .filter(at -> at.isAfter(snapshot.asOf().minus(Duration.ofDays(7).plusHours(6))))
            .count();
    // Counted in buckets of six hours.
    assertThat(
            (long)
                snapshot
                    .history()
                    .counts()
                    .getOrDefault("cart.abandoned", Map.of())
                    .getOrDefault("7d", 0))
        .as("count, %s", when)
        .isBetween(within, atMost);
  }

  /**
   * What was alerted and not taken back: since when, by the event after which the cart was left.
   */
  private static Map<String, Instant> standing(List<Alert> alerts) {
    Map<String, Alert> newest = new HashMap<>();
    for (Alert alert : alerts) {
      if (alert.ruleId().equals("cart-abandoned")) {
        newest.put(alert.alertId(), alert);
      }
    }
    Map<String, Instant> standing = new TreeMap<>();
    for (Alert alert : newest.values()) {
      if (alert.state() == AlertState.OPEN) {
        standing.put(alert.evidence().get(0).eventId(), alert.times().eventAt());
      }
    }
    return standing;
  }

  private static List<Arrival> disordered(List<Event> events, Random random) {
    List<Arrival> arrivals = new ArrayList<>();
    for (Event event : events) {
      int copies = 1 + random.nextInt(2);
      for (int copy = 0; copy < copies; copy++) {
        arrivals.add(
            new Arrival(
                event.time().plusMillis(random.nextLong(Carts.LATENESS.toMillis())), event));
      }
    }
    arrivals.sort(Comparator.comparing(Arrival::at));
    return arrivals;
  }

  /** An afternoon of shopping, or visits weeks apart; never more than 32 moves within an hour. */
  private static List<Event> randomLife(Random random) {
    int[] paces = {150, 900, 2_400, 90_000, 1_500_000};
    int pace = paces[random.nextInt(paces.length)];
    List<Event> events = new ArrayList<>();
    long second = 0;
    int size = 2 + random.nextInt(25);
    for (int i = 0; i < size; i++) {
      // Now and then two at one moment, or exactly at the end of the rest.
      second +=
          switch (random.nextInt(8)) {
            case 0 -> 0;
            case 1 -> 1_800;
            default -> 1 + random.nextInt(pace);
          };
      String type = TYPES[random.nextInt(TYPES.length)];
      ObjectNode data = data().put("orderId", "o-" + i).put("cartId", "cart");
      if (type.startsWith("cart.")) {
        data.put("sku", "s-" + random.nextInt(4));
        if (random.nextBoolean()) {
          data.put("quantity", 1 + random.nextInt(3));
        }
      }
      events.add(CUSTOMER.at(START.plusSeconds(second)).event("e-" + i, type, data));
    }
    return events;
  }
}
