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
import io.nabz.model.ServiceLevelFormula;
import io.nabz.testkit.Events;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Contacts, those who wait and those who serve. */
class FloorContactsTest {
  private static final KpiInterval DAY = KpiInterval.DAY;
  private static final KpiInterval QUARTER = KpiInterval.QUARTER;

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
  void aDayBeginsAtMidnightOfTheConfiguredZone() {
    KpiPolicy tehran = policy(ServiceLevelFormula.OF_OFFERED, ZoneId.of("Asia/Tehran"));
    Instant midnight = Instant.parse("2026-11-21T20:30:00Z");

    Floor floor = new Floor(tehran).take(Events.of("C").at(midnight).call("k"));

    assertThat(floor.at("total", DAY, midnight).contacts().begun()).isEqualTo(1);
    assertThat(floor.at("total", DAY, midnight).start()).isEqualTo(midnight);
    assertThat(floor.at("total", DAY, midnight.minusMillis(1)).contacts()).isNull();
  }
}
