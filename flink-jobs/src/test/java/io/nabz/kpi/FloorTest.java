package io.nabz.kpi;

import static io.nabz.kpi.Floor.seconds;
import static io.nabz.testkit.Events.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nabz.model.Event;
import io.nabz.model.EventTypes;
import io.nabz.model.KpiFigures;
import io.nabz.model.KpiInterval;
import io.nabz.model.ServiceLevelFormula;
import io.nabz.testkit.Events;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FloorTest {
  private static final KpiInterval DAY = KpiInterval.DAY;
  private static final KpiInterval QUARTER = KpiInterval.QUARTER;

  private static Event event(String type, String id, int atSecond, ObjectNode data) {
    return Events.of("C-" + id).after(seconds(atSecond)).event(id + type + atSecond, type, data);
  }

  private static Event contact(String type, String id, int atSecond) {
    return event(
        type,
        id,
        atSecond,
        Events.data().put("contactId", id).put("channel", "voice").put("queue", "billing"));
  }

  private static Event connected(String id, int atSecond, String agent) {
    return event(
        EventTypes.CONTACT_CONNECTED,
        id,
        atSecond,
        Events.data().put("contactId", id).put("agentId", agent));
  }

  /** One caller waits and is answered, one gives up after 4 s, one after 40 s, one in the IVR. */
  private static Event[] fourCalls() {
    return new Event[] {
      contact("contact.initiated", "a", 0),
      contact("contact.queued", "a", 10),
      connected("a", 40, "a-1"),
      contact("contact.ended", "a", 160),
      contact("contact.initiated", "b", 0),
      contact("contact.queued", "b", 5),
      contact("contact.abandoned", "b", 9),
      contact("contact.initiated", "c", 0),
      contact("contact.queued", "c", 5),
      contact("contact.abandoned", "c", 45),
      contact("contact.initiated", "d", 0),
      contact("contact.abandoned", "d", 30),
    };
  }

  @Test
  void aContactCountsByWhatBecameOfIt() {
    KpiFigures day = new Floor().take(fourCalls()).at("total", DAY, START);

    KpiFigures.Contacts contacts = day.contacts();
    assertThat(contacts.begun()).isEqualTo(4);
    assertThat(contacts.queued()).isEqualTo(3);
    assertThat(contacts.offered()).isEqualTo(3);
    assertThat(contacts.answered()).isEqualTo(1);
    assertThat(contacts.abandoned()).isEqualTo(2);
    assertThat(contacts.shortAbandoned()).isEqualTo(1);
    assertThat(contacts.leftBeforeQueue()).isEqualTo(1);
    assertThat(contacts.abandonedOfOffered()).isEqualTo(2.0 / 3);
    assertThat(day.waits().asaSeconds()).isEqualTo(30);
    assertThat(day.handle().meanSeconds()).isEqualTo(120);
    assertThat(day.handle().p90Seconds()).isBetween(118.8, 121.2);
  }

  @ParameterizedTest
  @EnumSource(ServiceLevelFormula.class)
  void theServiceLevelFollowsTheFormula(ServiceLevelFormula formula) {
    KpiPolicy policy = policy(formula, ZoneId.of("UTC"));

    KpiFigures day = new Floor(policy).take(fourCalls()).at("total", DAY, START);

    // Within 60 s: one of three answered; the two who left did so after 4 s (short) and 40 s.
    double expected =
        switch (formula) {
          case OF_OFFERED -> 1.0 / 3;
          case WITHOUT_SHORT_ABANDONS -> 1.0 / 2;
          case ABANDONED_WITHIN_COUNT -> 3.0 / 3;
        };
    assertThat(day.serviceLevels().get(1).targetSeconds()).isEqualTo(60);
    assertThat(day.serviceLevels().get(1).level()).isEqualTo(expected);
    assertThat(day.serviceLevels().get(0).answeredWithin()).as("30 s is over 20 s").isZero();
  }

  private static KpiPolicy policy(ServiceLevelFormula formula, ZoneId zone) {
    KpiPolicy d = KpiPolicy.DEFAULT;
    return new KpiPolicy(
        d.shortAbandon(),
        d.targets(),
        formula,
        zone,
        d.contactLostAfter(),
        d.agentLostAfter(),
        d.cartAbandonedAfter(),
        d.resolvedAfter(),
        d.keepSubjects(),
        d.keepShort(),
        d.keepDays());
  }

  @Test
  void whoWaitsNowIsInTheQueueWithTheLongestWait() {
    Floor floor =
        new Floor()
            .take(
                contact("contact.queued", "a", 7),
                contact("contact.queued", "b", 3),
                contact("contact.queued", "c", 5));
    assertThat(floor.now("queue:billing").now().waiting()).isEqualTo(3);
    assertThat(floor.now("queue:billing").now().waitingSince()).isEqualTo(START.plusSeconds(3));

    floor.take(connected("b", 9, "a-1"));
    assertThat(floor.now("total").now().waiting()).isEqualTo(2);
    assertThat(floor.now("total").now().waitingSince()).isEqualTo(START.plusSeconds(5));
    assertThat(floor.now("agent:a-1").now().connected()).isEqualTo(1);

    floor.clock(START.plus(Duration.ofHours(13)));
    assertThat(floor.now("total").now().waiting()).as("lost after 12 h").isZero();
    assertThat(floor.now("total").now().waitingSince()).isNull();
  }

  @Test
  void aTransferredContactWaitsAgainAndCountsForItsFirstQueue() {
    Event again =
        event(
            "contact.queued",
            "a",
            60,
            Events.data().put("contactId", "a").put("queue", "complaints"));

    Floor floor =
        new Floor().take(contact("contact.queued", "a", 0), connected("a", 30, "a-1"), again);

    assertThat(floor.now("queue:complaints").now().waiting()).isEqualTo(1);
    assertThat(floor.now("queue:billing").now().waiting()).isZero();
    assertThat(floor.at("queue:billing", QUARTER, START).contacts().answered()).isEqualTo(1);
    assertThat(floor.at("queue:complaints", QUARTER, START).contacts()).isNull();
  }

  private static Event agent(String state, int atSecond) {
    return new Event(
        "default",
        "/acd",
        state + atSecond,
        EventTypes.AGENT_STATE_CHANGED,
        START.plusSeconds(atSecond),
        null,
        Events.data().put("agentId", "a-1").put("state", state).put("queue", "billing"));
  }

  @Test
  void anAgentsTimeIsDividedAmongTheQuartersItSpans() {
    Floor floor = new Floor().take(agent("available", 0), agent("busy", 600), agent("away", 1_200));
    KpiFigures first = floor.at("agent:a-1", QUARTER, START);
    KpiFigures second = floor.at("queue:billing", QUARTER, START.plusSeconds(900));

    // 10 min available, then 5 + 5 min busy around the quarter's end.
    assertThat(first.agents().seconds()).isEqualTo(Map.of("available", 600.0, "busy", 300.0));
    assertThat(first.agents().occupancy()).isEqualTo(300.0 / 900);
    assertThat(second.agents().seconds()).isEqualTo(Map.of("busy", 300.0));
    assertThat(floor.now("total").now().agents()).isEqualTo(Map.of("away", 1L));

    floor.clock(START.plusSeconds(1_800));
    assertThat(floor.at("total", QUARTER, START.plusSeconds(900)).agents().seconds())
        .as("the unended state counts once its quarter is over")
        .isEqualTo(Map.of("busy", 300.0, "away", 600.0));

    floor.take(agent("offline", 1_500));
    assertThat(floor.at("total", QUARTER, START.plusSeconds(900)).agents().seconds())
        .as("and is put right when its end turns up late")
        .isEqualTo(Map.of("busy", 300.0, "away", 300.0));
    assertThat(floor.now("total").now().agents()).isEmpty();
  }

  @Test
  void aContactRepeatsTheOneBeforeItOfTheSameCustomer() {
    Floor floor = new Floor();
    int[] hours = {0, 24, 49, 49 + 7 * 24};
    for (int hour : hours) {
      floor.take(Events.of("C-1").after(Duration.ofHours(hour)).call("k-" + hour));
    }
    Instant lastDay = START.plus(Duration.ofHours(hours[3]));

    assertThat(floor.at("total", DAY, START).repeats().within7d()).isZero();
    KpiFigures.Repeats second = floor.at("total", DAY, START.plus(Duration.ofHours(24))).repeats();
    assertThat(second.within24h()).as("24 h to the second is within").isEqualTo(1);
    KpiFigures.Repeats third = floor.at("total", DAY, START.plus(Duration.ofHours(49))).repeats();
    assertThat(third.within24h()).as("25 h after the second").isZero();
    assertThat(third.rate7d()).isEqualTo(1);
    assertThat(floor.at("total", DAY, lastDay).repeats().within7d()).isEqualTo(1);
  }

  @Test
  void theThirdContactWithinTheWindowIsCountedBothEndsIncluded() {
    Floor floor = new Floor();
    // The third follows the first after 24 h to the second, the fourth the second after 25 h.
    int[] hours = {0, 5, 24, 30};
    for (int hour : hours) {
      floor.take(Events.of("C-1").after(Duration.ofHours(hour)).call("k-" + hour));
    }
    KpiFigures.Repeats second = floor.at("total", DAY, START.plus(Duration.ofHours(24))).repeats();

    assertThat(floor.at("total", DAY, START).repeats().third24h()).isZero();
    assertThat(second.third24h()).isEqualTo(1);
    assertThat(second.third7d()).isEqualTo(2);
  }

  private static Event about(String topic, String id, int day) {
    return Events.of("C-1")
        .after(Duration.ofDays(day))
        .event(
            id,
            EventTypes.CONTACT_INITIATED,
            Events.data().put("contactId", id).put("channel", "voice").put("topic", topic));
  }

  @Test
  void aContactIsResolvedWhenNothingFollowsForAWeekOnAnyTopicAndOnItsOwn() {
    Floor floor = new Floor().take(about("billing", "a", 0), about("delivery", "b", 7));
    KpiFigures.Resolution first = floor.at("total", DAY, START).resolution();
    assertThat(first.settled()).as("followed after a week to the second").isEqualTo(1);
    assertThat(first.resolved()).isZero();
    assertThat(first.topicSettled()).as("a call about the bill may still come").isZero();

    floor.clock(START.plus(Duration.ofDays(7)).plusMillis(1));
    first = floor.at("topic:billing", DAY, START).resolution();
    assertThat(first.topicRate()).as("none about the bill has come").isEqualTo(1);
    assertThat(first.rate()).isZero();
    Instant second = START.plus(Duration.ofDays(7));
    assertThat(floor.at("total", DAY, second).resolution()).isNull();

    floor.clock(START.plus(Duration.ofDays(15)));
    assertThat(floor.at("total", DAY, second).resolution().rate()).isEqualTo(1);

    floor.take(about("delivery", "late", 10));
    assertThat(floor.at("total", DAY, second).resolution().rate())
        .as("a call that turns up late puts it right")
        .isZero();
  }

  @Test
  void anErasedCustomersContactsStayCountedAndLaterOnesRepeatNone() {
    Floor floor = new Floor().take(about("billing", "a", 0), about("billing", "b", 1));
    Instant third = START.plus(Duration.ofDays(3));
    floor.take(
        Events.of("C-1")
            .at(START.plus(Duration.ofDays(2)))
            .event("gone", EventTypes.CUSTOMER_ERASED, Events.data()));

    floor.take(about("billing", "c", 3), about("billing", "tooLate", 1));

    assertThat(floor.visitsOf("C-1")).as("what is remembered").isEqualTo(1);
    assertThat(floor.at("total", DAY, START).contacts().begun()).isEqualTo(1);
    assertThat(floor.at("total", DAY, START).repeats().contacts()).isEqualTo(1);
    assertThat(floor.at("total", DAY, third).repeats().within7d()).isZero();
  }

  @Test
  void whatCustomersSayCountsForTopicTouchpointStageAndClueWhenItIsSaid() {
    Event inAChat =
        event(
            EventTypes.MESSAGE_RECEIVED,
            "m",
            86_400,
            Events.data()
                .put("contactId", "k")
                .put("channel", "chat")
                .put("topic", "billing")
                .put("text", "too much")
                .put("sentiment", -0.6));
    Event ofDelivery =
        event(
            "survey.answered",
            "s",
            0,
            Events.data()
                .put("metric", "csat")
                .put("score", 5)
                .put("touchpoint", "order.delivered"));
    Floor floor =
        new Floor()
            .take(
                contact("contact.queued", "k", 0), connected("k", 10, "a-1"), inAChat, ofDelivery);
    Instant nextDay = START.plus(Duration.ofDays(1));

    KpiFigures billing = floor.at("voice.topic:billing", DAY, nextDay);
    assertThat(billing.texts()).isEqualTo(new KpiFigures.Texts(1, 1, 0));
    assertThat(billing.sentiment()).isEqualTo(new KpiFigures.Mean(1, -0.6));
    assertThat(floor.at("voice.clue:human", DAY, nextDay).texts().count()).isEqualTo(1);
    assertThat(floor.at("voice.touchpoint:chat", DAY, nextDay).texts().count()).isEqualTo(1);
    assertThat(floor.at("voice.touchpoint:order.delivered", DAY, START).csat().mean()).isEqualTo(5);
    assertThat(floor.at("voice.stage:receive", DAY, START).csat().count()).isEqualTo(1);
    // On the floor the message counts with its contact, which began the day before.
    for (String who : List.of("total", "queue:billing", "agent:a-1", "topic:billing")) {
      assertThat(floor.at(who, DAY, START).sentiment())
          .as(who)
          .isEqualTo(new KpiFigures.Mean(1, -0.6));
    }
    assertThat(floor.at("total", DAY, nextDay).sentiment()).isNull();
  }

  private static Event cart(int atMinute) {
    return Events.of("C-1")
        .after(Duration.ofMinutes(atMinute))
        .cartItemAdded("c" + atMinute, "s", 1);
  }

  @Test
  void aCartIsAbandonedAfterTheRestAndOrderedWhenTheOrderTurnsUpLate() {
    Floor floor = new Floor().take(cart(0), cart(20)).clock(START.plus(Duration.ofMinutes(49)));
    assertThat(floor.at("total", DAY, START).carts().settled()).isZero();

    floor.clock(START.plus(Duration.ofMinutes(50)));
    assertThat(floor.at("total", DAY, START).carts().abandonmentRate()).isEqualTo(1);

    floor.take(Events.of("C-1").after(Duration.ofMinutes(30)).orderPlaced("o", 5));
    KpiFigures.Carts carts = floor.at("total", DAY, START).carts();
    assertThat(carts).isEqualTo(new KpiFigures.Carts(1, 1, 0, 1, 0.0));
  }

  @Test
  void surveysMoodsAndCasesAreCounted() {
    Floor floor = new Floor();
    int[] nps = {10, 9, 7, 3};
    for (int i = 0; i < nps.length; i++) {
      floor.take(
          event(
              "survey.answered",
              "n" + i,
              i,
              Events.data().put("metric", "nps").put("score", nps[i])));
    }
    floor.take(
        event("survey.answered", "c1", 1, Events.data().put("metric", "csat").put("score", 5)),
        event("survey.answered", "c2", 2, Events.data().put("metric", "csat").put("score", 2)),
        event("survey.answered", "e", 3, Events.data().put("metric", "ces").put("score", 6)),
        Events.of("C-1").message("m1", "no", -0.5),
        Events.of("C-1").message("m2", "well", 0.1),
        event("case.opened", "x", 0, Events.data().put("caseId", "x")),
        event("case.opened", "y", 0, Events.data().put("caseId", "y")),
        event("case.resolved", "x", 9, Events.data().put("caseId", "x").put("topic", "returns")));
    KpiFigures day = floor.at("total", DAY, START);

    // Two promoters, one passive, one detractor: (2 - 1) / 4.
    assertThat(day.nps()).isEqualTo(new KpiFigures.Nps(4, 25.0));
    assertThat(day.csat()).isEqualTo(new KpiFigures.Csat(2, 3.5, 0.5));
    assertThat(day.ces()).isEqualTo(new KpiFigures.Mean(1, 6.0));
    assertThat(day.sentiment()).isEqualTo(new KpiFigures.Mean(2, -0.2));
    assertThat(day.texts()).isEqualTo(new KpiFigures.Texts(2, 1, 1));
    assertThat(day.cases().opened()).isEqualTo(2);
    assertThat(day.cases().resolved()).isEqualTo(1);
    assertThat(day.cases().time().meanSeconds()).as("resolved after 9 s").isEqualTo(9);
    assertThat(floor.at("topic:returns", DAY, START).cases().resolved()).isEqualTo(1);
    assertThat(floor.now("total").now().openCases()).isEqualTo(1);
  }

  @Test
  void aDayBeginsAtMidnightOfTheConfiguredZone() {
    KpiPolicy tehran = policy(ServiceLevelFormula.OF_OFFERED, ZoneId.of("Asia/Tehran"));
    Instant midnight = Instant.parse("2026-11-21T20:30:00Z");

    Floor floor = new Floor(tehran).take(Events.of("C").at(midnight).call("k"));

    assertThat(floor.at("total", DAY, midnight).contacts().begun()).isEqualTo(1);
    assertThat(floor.at("total", DAY, midnight).start()).isEqualTo(midnight);
    assertThat(floor.at("total", DAY, midnight.minusMillis(1)).contacts()).isNull();
  }

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
