package io.nabz.kpi;

import static io.nabz.kpi.FloorEvents.connected;
import static io.nabz.kpi.FloorEvents.contact;
import static io.nabz.kpi.FloorEvents.event;
import static io.nabz.testkit.Events.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.nabz.model.Event;
import io.nabz.model.EventTypes;
import io.nabz.model.KpiFigures;
import io.nabz.model.KpiInterval;
import io.nabz.testkit.Events;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What customers say, answer, complain of and leave in their carts. */
class FloorVoiceTest {
  private static final KpiInterval DAY = KpiInterval.DAY;

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
}
