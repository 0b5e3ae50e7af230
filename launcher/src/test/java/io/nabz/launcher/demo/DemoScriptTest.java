package io.nabz.launcher.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nabz.model.CustomerResolver;
import io.nabz.model.Event;
import io.nabz.model.EventDecoder;
import io.nabz.model.IdentifierNormaliser;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DemoScriptTest {
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
  private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

  private static List<Event> until(DemoScript script, Instant end) {
    List<Event> events = new ArrayList<>();
    for (Event event = script.next(); event.time().isBefore(end); event = script.next()) {
      events.add(event);
    }
    return events;
  }

  private static List<Event> halfAnHour(long seed) {
    return until(new DemoScript(seed, START, 20), START.plus(HALF_AN_HOUR));
  }

  @Test
  void the_same_seed_tells_the_same_stories() {
    assertThat(halfAnHour(1)).isEqualTo(halfAnHour(1));
    assertThat(halfAnHour(1).subList(0, 100)).isNotEqualTo(halfAnHour(2).subList(0, 100));
  }

  @Test
  void a_restart_repeats_no_id() {
    Set<String> ids = new HashSet<>();
    for (Instant start : List.of(START, START.plusMillis(1))) {
      for (Event event : until(new DemoScript(1, start, 20), start)) {
        assertThat(ids.add(event.id())).isTrue();
      }
    }
  }

  @Test
  void no_feed_falls_silent() {
    Map<String, Instant> heardOf = new HashMap<>();
    for (Event event : halfAnHour(4)) {
      Instant before = heardOf.put(event.source(), event.time());
      assertThat(Duration.between(before == null ? event.time() : before, event.time()))
          .as(event.source())
          .isLessThan(Duration.ofMinutes(15));
    }
    assertThat(heardOf).containsKey("/demo/crm");
  }

  @Test
  void every_event_is_accepted_by_the_decoder_and_they_come_in_time_order() {
    EventDecoder decoder = new EventDecoder(new CustomerResolver(new IdentifierNormaliser("IR")));
    List<Event> events = halfAnHour(3);
    assertThat(events).extracting(Event::time).isSorted();
    for (Event event : events) {
      EventDecoder.Result result = decoder.decode(event.toBytes(), event.time());
      assertThat(result.refusal()).isNull();
      assertThat(result.event().toBytes()).isEqualTo(event.toBytes());
    }
  }

  @Test
  void every_kind_of_story_is_told_and_leaves_its_events() {
    DemoScript script = new DemoScript(4, START, 20);
    Set<String> types =
        until(script, START.plus(HALF_AN_HOUR)).stream()
            .map(Event::type)
            .collect(Collectors.toSet());
    assertThat(script.told()).containsOnlyKeys(StoryKind.values());
    assertThat(types)
        .contains(
            "contact.initiated",
            "contact.queued",
            "contact.connected",
            "contact.transferred",
            "contact.ended",
            "contact.abandoned",
            "callback.requested",
            "callback.completed",
            "message.received",
            "message.sent",
            "selfservice.failed",
            "selfservice.succeeded",
            "page.viewed",
            "screen.viewed",
            "search.performed",
            "error.shown",
            "cart.item_added",
            "cart.item_removed",
            "checkout.started",
            "payment.failed",
            "order.placed",
            "order.shipped",
            "order.delayed",
            "order.delivered",
            "order.cancelled",
            "order.returned",
            "case.opened",
            "case.resolved",
            "case.reopened",
            "survey.answered",
            "review.posted",
            "campaign.sent",
            "campaign.opened",
            "campaign.clicked",
            "campaign.unsubscribed",
            "loyalty.tier_changed",
            "profile.updated",
            "identity.linked",
            "agent.state_changed",
            "source.heartbeat");
  }

  @Test
  void persian_and_english_are_both_spoken_and_some_texts_carry_a_sentiment() {
    List<Event> texts =
        halfAnHour(5).stream().filter(event -> event.type().startsWith("message.")).toList();
    Map<String, Long> byLanguage =
        texts.stream().collect(Collectors.groupingBy(e -> e.text("lang"), Collectors.counting()));
    assertThat(byLanguage.get("fa")).isGreaterThan(texts.size() / 2L);
    assertThat(byLanguage.get("en")).isGreaterThan(texts.size() / 10L);
    assertThat(texts).noneMatch(event -> event.text("text").contains("{"));
    List<Double> sentiments =
        texts.stream()
            .filter(event -> event.data().has("sentiment"))
            .map(event -> event.data().get("sentiment").asDouble())
            .toList();
    assertThat(sentiments).allMatch(value -> value >= -1 && value <= 1);
    assertThat(sentiments).anyMatch(value -> value < -0.6).anyMatch(value -> value > 0.6);
  }

  @Test
  void the_rate_is_held_once_the_script_is_under_way() {
    DemoScript script = new DemoScript(6, START, 20);
    until(script, START.plus(HALF_AN_HOUR));
    long next = until(script, START.plus(HALF_AN_HOUR.multipliedBy(2))).size();
    // 20 a second for 1,800 seconds.
    assertThat(next).isBetween(36_000L * 80 / 100, 36_000L * 120 / 100);
  }

  @Test
  void there_are_repeat_callers_and_left_carts_before_the_first_second() {
    Map<String, Integer> calls = new HashMap<>();
    Map<String, Instant> carts = new HashMap<>();
    for (Event event : until(new DemoScript(1, START, 20), START)) {
      if (event.type().equals("contact.initiated") && "voice".equals(event.text("channel"))) {
        calls.merge(event.subject(), 1, Integer::sum);
      } else if (event.type().equals("cart.item_added")) {
        carts.put(event.subject(), event.time());
      } else if (event.type().equals("order.placed")) {
        carts.remove(event.subject());
      }
    }
    assertThat(calls.values()).anyMatch(count -> count >= 3);
    assertThat(carts.values()).anyMatch(time -> time.isBefore(START.minus(HALF_AN_HOUR)));
  }

  @Test
  void no_agent_talks_to_two_customers_at_once() {
    Map<String, String> state = new HashMap<>();
    for (Event event : halfAnHour(7)) {
      if (event.type().equals("agent.state_changed")) {
        String before = state.put(event.text("agentId"), event.text("state"));
        if (event.text("state").equals("busy")) {
          assertThat(before).isEqualTo("available");
        }
      }
    }
    assertThat(state).isNotEmpty();
  }

  @Test
  void a_rate_that_makes_no_sense_is_refused() {
    assertThatThrownBy(() -> new DemoScript(1, START, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0.1 to 10000");
  }
}
