package io.nabz.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.nabz.model.CustomerKey;
import io.nabz.model.CustomerResolver;
import io.nabz.model.Event;
import io.nabz.model.EventDecoder;
import io.nabz.model.EventTypes;
import io.nabz.model.IdentifierNormaliser;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventGeneratorTest {
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
  private static final int EVENTS = 5_000;

  private final CustomerResolver resolver = new CustomerResolver(new IdentifierNormaliser("IR"));
  private final EventDecoder decoder = new EventDecoder(resolver);

  @Test
  void theSameTrafficIsTheSameBytes() {
    List<EventGenerator.Generated> first = generate(traffic(100, 0, 7));
    List<EventGenerator.Generated> second = generate(traffic(100, 0, 7));

    for (int i = 0; i < EVENTS; i++) {
      assertThat(second.get(i).value()).isEqualTo(first.get(i).value());
      assertThat(second.get(i).key()).isEqualTo(first.get(i).key());
    }
  }

  @Test
  void anotherSeedIsOtherTraffic() {
    assertThat(generate(traffic(100, 0, 8)).get(0).value())
        .isNotEqualTo(generate(traffic(100, 0, 7)).get(0).value());
  }

  @Test
  void everyEventIsUsableAndKeyedByItsCustomer() {
    List<EventGenerator.Generated> generated = generate(traffic(100, 0, 7));

    for (int i = 0; i < EVENTS; i++) {
      Event event = decode(generated.get(i));
      String key = new String(generated.get(i).key(), StandardCharsets.UTF_8);
      assertThat(CustomerKey.parse(key)).isEqualTo(resolver.resolve(event));
      assertThat(SequenceId.parse(event.id())).isEqualTo(i);
      assertThat(event.time()).isEqualTo(START.plusMillis(i));
    }
  }

  @Test
  void eventsAreOfTheStatedSizeAndMixture() {
    List<EventGenerator.Generated> generated = generate(traffic(100, 0, 7));
    Map<String, Integer> types = new HashMap<>();
    long bytes = 0;
    for (EventGenerator.Generated one : generated) {
      types.merge(decode(one).type(), 1, Integer::sum);
      bytes += one.value().length;
    }

    assertThat(bytes / EVENTS).isBetween(360L, 440L);
    assertThat(types)
        .containsKeys(
            EventTypes.CONTACT_INITIATED,
            EventTypes.CONTACT_ENDED,
            EventTypes.MESSAGE_RECEIVED,
            EventTypes.CART_ITEM_ADDED,
            EventTypes.ORDER_PLACED,
            "page.viewed");
    // 30 % of 5,000 are 1,500; five standard deviations are 162.
    assertThat(types.get("page.viewed")).isBetween(1_338, 1_662);
  }

  @Test
  void aSkewedDrawPrefersTheFirstCustomers() {
    Map<String, Integer> even = perCustomer(traffic(100, 0, 7));
    Map<String, Integer> skewed = perCustomer(traffic(100, 1, 7));

    // Zipf over 100: the first has 1 / 5.19 of 5,000 = 964; evenly it has 50.
    assertThat(even.get("default/C-000000")).isLessThan(100);
    assertThat(skewed.get("default/C-000000")).isBetween(800, 1_100);
  }

  @Test
  void ifAskedToTheFirstEventsGoToEachCustomerInTurn() {
    EventGenerator generator =
        new EventGenerator(new Traffic(100, true, 1, 7, START, Duration.ofMillis(1)));

    for (int customer = 0; customer < 100; customer++) {
      String key = new String(generator.next().key(), StandardCharsets.UTF_8);
      assertThat(key).isEqualTo("default/C-%06d".formatted(customer));
    }
    assertThat(decode(generator.next()).id()).isEqualTo(SequenceId.of(100));
  }

  private Event decode(EventGenerator.Generated generated) {
    EventDecoder.Result result = decoder.decode(generated.value(), START.plusSeconds(60));
    assertThat(result.refusal()).isNull();
    return result.event();
  }

  private static Map<String, Integer> perCustomer(Traffic traffic) {
    Map<String, Integer> counts = new HashMap<>();
    for (EventGenerator.Generated one : generate(traffic)) {
      counts.merge(new String(one.key(), StandardCharsets.UTF_8), 1, Integer::sum);
    }
    return counts;
  }

  private static Traffic traffic(int customers, double skew, long seed) {
    return new Traffic(customers, false, skew, seed, START, Duration.ofMillis(1));
  }

  private static List<EventGenerator.Generated> generate(Traffic traffic) {
    EventGenerator generator = new EventGenerator(traffic);
    List<EventGenerator.Generated> all = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      all.add(generator.next());
    }
    return all;
  }
}
