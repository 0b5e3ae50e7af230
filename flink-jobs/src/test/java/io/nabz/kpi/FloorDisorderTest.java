package io.nabz.kpi;

import static io.nabz.testkit.Events.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nabz.model.Event;
import io.nabz.model.EventTypes;
import io.nabz.testkit.Events;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same figures from the same events, however they arrive. */
class FloorDisorderTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void theOrderOfArrivalAndRepeatsNeverShow(long seed) {
    Random random = new Random(seed);
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      events.add(randomEvent(random, i));
    }
    Instant end = START.plus(Duration.ofDays(3));
    Map<String, String> expected = new Floor().take(events.toArray(Event[]::new)).clock(end).all();
    for (int run = 0; run < 5; run++) {
      List<Event> shuffled = new ArrayList<>(events);
      shuffled.addAll(events.subList(0, 100));
      Collections.shuffle(shuffled, random);
      Floor floor = new Floor();
      for (Event event : shuffled) {
        floor.take(event);
        if (random.nextInt(20) == 0) {
          floor.clock(START.plusSeconds(random.nextInt(200_000)));
        }
      }
      assertThat(floor.clock(end).all()).as("seed " + seed).isEqualTo(expected);
    }
  }

  private static Event randomEvent(Random random, int i) {
    String[] contactTypes = {
      "contact.initiated", "contact.queued", "contact.connected", "contact.transferred",
      "contact.ended", "contact.abandoned", "message.received", "survey.answered"
    };
    String[] customerTypes = {"cart.item_added", "checkout.started", "order.placed"};
    String[] caseTypes = {"case.opened", "case.resolved", "case.reopened"};
    String[] states = {"available", "busy", "wrap_up", "away", "offline"};
    Instant at = START.plusSeconds(random.nextInt(100_000));
    String customer = "C-" + random.nextInt(5);
    ObjectNode data = Events.data();
    String type;
    switch (random.nextInt(4)) {
      case 0, 1 -> {
        type = contactTypes[random.nextInt(contactTypes.length)];
        int contact = random.nextInt(40);
        customer = "C-" + contact % 5;
        data.put("contactId", "k-" + contact)
            .put("queue", "q-" + random.nextInt(2))
            .put("agentId", "a-" + random.nextInt(2))
            .put("metric", "csat")
            .put("score", random.nextInt(6))
            .put("sentiment", random.nextInt(3) - 1);
      }
      case 2 -> {
        type = customerTypes[random.nextInt(customerTypes.length)];
        data.put("cartId", "cart");
      }
      default -> {
        if (random.nextBoolean()) {
          type = caseTypes[random.nextInt(caseTypes.length)];
          data.put("caseId", "x-" + random.nextInt(5));
        } else {
          type = EventTypes.AGENT_STATE_CHANGED;
          // Few enough that none leaves the list of changes that are kept.
          data.put("agentId", "a-" + random.nextInt(3)).put("state", states[random.nextInt(5)]);
        }
      }
    }
    return Events.of(customer).at(at).event("e-" + i, type, data);
  }
}
