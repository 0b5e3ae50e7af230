package io.nabz.kpi;

import static io.nabz.testkit.Events.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.nabz.model.Event;
import io.nabz.model.EventTypes;
import io.nabz.model.KpiFigures;
import io.nabz.model.KpiInterval;
import io.nabz.testkit.Events;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Contacts that follow others of the same customer, or are not followed. */
class FloorRepeatsTest {
  private static final KpiInterval DAY = KpiInterval.DAY;

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
}
