package io.nabz.customer;

import static io.nabz.testkit.Events.START;
import static io.nabz.testkit.Events.data;
import static org.assertj.core.api.Assertions.assertThat;

import io.nabz.model.Event;
import io.nabz.model.Snapshot;
import io.nabz.testkit.Events;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How old each part of the snapshot is, and each feed. */
class FreshnessTest {
  private static final Events CUSTOMER = Events.of("C-1");
  private static final Duration A_WEEK = Duration.ofDays(7);
  private static final Instant LATER = START.plus(Duration.ofHours(1));

  /** Which parts an event makes fresh besides the history, which every event does. */
  @ParameterizedTest
  @CsvSource({
    "page.viewed, ''",
    "contact.initiated, activity",
    "message.sent, activity",
    "case.opened, activity",
    "cart.item_added, activity",
    "order.placed, activity value",
    "loyalty.joined, value",
    "profile.updated, identity",
    "consent.changed, identity",
    "relationship.linked, identity",
    "campaign.sent, ''",
    "campaign.unsubscribed, identity",
    "message.received, activity sentiment",
  })
  void anEventMakesFreshWhatItTellsOf(String type, String parts) {
    Life life = new Life().with(event(LATER, type)).until(A_WEEK);

    Snapshot snapshot = life.snapshot();
    assertThat(snapshot.history().asOf()).isEqualTo(LATER);
    assertThat(snapshot.identity().asOf()).isEqualTo(parts.contains("identity") ? LATER : null);
    assertThat(snapshot.currentActivity().asOf())
        .isEqualTo(parts.contains("activity") ? LATER : null);
    assertThat(snapshot.value().asOf()).isEqualTo(parts.contains("value") ? LATER : null);
    assertThat(snapshot.sentiment().asOf()).isEqualTo(parts.contains("sentiment") ? LATER : null);
  }

  @Test
  void aLateEventMakesNothingOlder() {
    Life life = new Life().with(event(LATER, "order.placed"), event(START, "order.shipped"));

    assertThat(life.snapshot().currentActivity().asOf()).isEqualTo(LATER);
    assertThat(life.snapshot().value().asOf()).isEqualTo(LATER);
    assertThat(life.snapshot().history().asOf()).isEqualTo(LATER);
  }

  @Test
  void ofManyFeedsThoseHeardOfLastAreKeptWhateverTheOrder() {
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      events.add(CUSTOMER.at(START.plusSeconds(i)).from("/s-" + i).call("k-" + i));
    }
    for (long seed = 0; seed < 50; seed++) {
      Collections.shuffle(events, new Random(seed));

      Life life = new Life().with(events.toArray(Event[]::new));

      assertThat(life.snapshot().freshness())
          .as("seed " + seed)
          .containsOnlyKeys("/s-12", "/s-13", "/s-14", "/s-15", "/s-16", "/s-17", "/s-18", "/s-19");
      assertThat(life.snapshot().freshness().get("/s-19").lastEventAt())
          .isEqualTo(START.plusSeconds(19));
      assertThat(life.snapshot().freshness().get("/s-19").lagMs()).isEqualTo(40);
    }
  }

  private static Event event(Instant at, String type) {
    return CUSTOMER
        .at(at)
        .event(
            type,
            type,
            data()
                .put("contactId", "k")
                .put("caseId", "x")
                .put("sku", "s")
                .put("orderId", "o")
                .put("customer", "C-7")
                .put("purpose", "marketing")
                .put("granted", true)
                .put("campaignId", "c")
                .put("text", "This is terrible"));
  }
}
