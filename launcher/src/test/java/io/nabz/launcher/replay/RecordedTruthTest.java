package io.nabz.launcher.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nabz.launcher.replay.Translations.Outcome;
import io.nabz.model.Event;
import io.nabz.testkit.RecordedData;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The figures were computed from the recordings by somebody else; the adapters must give them. */
class RecordedTruthTest {
  private static Outcome replay(String format, String relative) throws IOException {
    Optional<Path> file = RecordedData.find(relative);
    assumeTrue(file.isPresent(), RecordedData.missing(relative));
    try (Recording recording = Recording.open(file.get())) {
      return Translations.replay(
          Adapters.find(format, Translations.RESOLVER), recording, Translations.AT_ONCE);
    }
  }

  @Test
  void the_banks_fortnight_has_its_calls_waits_and_repeat_callers() throws IOException {
    Outcome bank = replay("anonbank", "call-centre-anonbank/calls_01-14feb.tsv.gz");
    assertThat(bank.events()).extracting(Event::id).doesNotHaveDuplicates();
    assertThat(bank.events()).extracting(Event::time).isSorted();
    assertThat(bank.summary().refused()).isEmpty();

    assertThat(bank.ofType("contact.initiated")).hasSize(17_313);
    assertThat(bank.ofType("contact.connected")).hasSize(14_405);
    assertThat(bank.ofType("contact.ended")).hasSize(14_405);
    assertThat(bank.ofType("contact.queued")).hasSize(8_871);
    List<Event> abandoned = bank.ofType("contact.abandoned");
    assertThat(abandoned).hasSize(2_908);
    assertThat(abandoned.stream().filter(e -> e.text("stage").equals("ivr"))).hasSize(1_023);
    List<Event> inQueue = abandoned.stream().filter(e -> e.text("stage").equals("queue")).toList();
    assertThat(inQueue).hasSize(1_885);
    assertThat(inQueue.stream().filter(e -> e.data().get("waitSeconds").asInt() <= 5)).hasSize(161);

    assertThat(mean(bank.ofType("contact.connected"), "waitSeconds")).isEqualTo("34.405");
    assertThat(mean(bank.ofType("contact.ended"), "handleSeconds")).isEqualTo("166.856");

    Map<String, List<Instant>> callsOf = new HashMap<>();
    for (Event call : bank.ofType("contact.initiated")) {
      if (call.subject() != null) {
        callsOf.computeIfAbsent(call.subject(), id -> new ArrayList<>()).add(call.time());
      }
    }
    assertThat(callsOf).hasSize(2_641);
    assertThat(thirdCalls(callsOf, Duration.ofHours(24))).isEqualTo("251 / 1273");
    assertThat(thirdCalls(callsOf, Duration.ofDays(7))).isEqualTo("459 / 2361");
  }

  private static String mean(List<Event> events, String field) {
    double mean = events.stream().mapToInt(e -> e.data().get(field).asInt()).average().orElse(0);
    return String.format(java.util.Locale.ROOT, "%.3f", mean);
  }

  /** Customers, and calls, that are at least the third within the window, both ends included. */
  private static String thirdCalls(Map<String, List<Instant>> callsOf, Duration window) {
    int customers = 0;
    int calls = 0;
    for (List<Instant> times : callsOf.values()) {
      int before = calls;
      for (int i = 2; i < times.size(); i++) {
        calls += times.get(i - 2).isBefore(times.get(i).minus(window)) ? 0 : 1;
      }
      customers += calls > before ? 1 : 0;
    }
    return customers + " / " + calls;
  }

  @Test
  void the_shops_clicks_have_their_carts_and_the_cut_off_row_is_refused() throws IOException {
    Outcome clicks = replay("taobao", "clicks-taobao/UserBehavior_sample.csv.gz");
    assertThat(clicks.events()).hasSize(96_168);
    assertThat(clicks.summary().refused()).hasSize(1);
    assertThat(clicks.summary().outOfOrder()).isZero();

    Instant end = clicks.events().get(clicks.events().size() - 1).time();
    Map<String, List<Event>> ordersOf = new HashMap<>();
    for (Event order : clicks.ofType("order.placed")) {
      ordersOf.computeIfAbsent(order.subject(), user -> new ArrayList<>()).add(order);
    }
    List<Event> carts =
        clicks.ofType("cart.item_added").stream()
            .filter(cart -> !cart.time().plus(Duration.ofMinutes(30)).isAfter(end))
            .toList();
    assertThat(carts).hasSize(3_759);
    assertThat(carts.stream().filter(cart -> !boughtAfter(cart, ordersOf))).hasSize(3_730);

    Map<String, Event> lastCartOf = new HashMap<>();
    clicks.ofType("cart.item_added").forEach(cart -> lastCartOf.put(cart.subject(), cart));
    lastCartOf.values().retainAll(new HashSet<>(carts));
    assertThat(lastCartOf).hasSize(3_435);
    assertThat(lastCartOf.values().stream().filter(cart -> !boughtAfter(cart, ordersOf)))
        .hasSize(3_409);
  }

  private static boolean boughtAfter(Event cart, Map<String, List<Event>> ordersOf) {
    String who = cart.subject() != null ? cart.subject() : visitor(cart);
    return ordersOf.getOrDefault(who, List.of()).stream()
        .anyMatch(
            order ->
                order.time().isAfter(cart.time())
                    && !order.time().isAfter(cart.time().plus(Duration.ofMinutes(30))));
  }

  private static String visitor(Event event) {
    return event.data().at("/identifiers/anonymousId").asText();
  }

  @Test
  void the_shops_sessions_have_their_carts_and_orders() throws IOException {
    Outcome sessions = replay("otto", "sessions-otto/train_20_sessions.jsonl");
    List<Event> carts = sessions.ofType("cart.item_added");
    assertThat(carts).hasSize(52);
    Map<String, List<Event>> ordersOf = new HashMap<>();
    int ordered = 0;
    for (Event order : sessions.ofType("order.placed")) {
      ordersOf.computeIfAbsent(visitor(order), id -> new ArrayList<>()).add(order);
      ordered += order.data().get("items").size();
    }
    // Articles of one order are one event here; 862 are in the recording.
    assertThat(sessions.events().size() - sessions.ofType("order.placed").size() + ordered)
        .isEqualTo(862);
    assertThat(ordersOf).hasSize(3);
    assertThat(carts.stream().map(RecordedTruthTest::visitor).distinct()).hasSize(7);
    assertThat(carts.stream().filter(cart -> !boughtAfter(cart, ordersOf))).hasSize(43);
  }
}
