package io.nabz.customer;

import static io.nabz.model.AlertState.OPEN;
import static io.nabz.model.FlagCode.REPEAT_CALLER;
import static io.nabz.testkit.Events.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.nabz.model.Alert;
import io.nabz.model.Event;
import io.nabz.model.EventTypes;
import io.nabz.testkit.Events;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RepeatCallsTest {
  private static final Duration ONE_DAY = Duration.ofHours(24);
  private static final Duration ONE_MILLISECOND = Duration.ofMillis(1);
  private static final Events CUSTOMER = Events.of("C-1");

  @Test
  void theThirdCallWithinADayRaisesTheFlagWithThoseCallsAsEvidence() {
    Life life = new Life().with(call(0, "a"), call(60, "b"));
    assertThat(life.flags()).isEmpty();

    life.with(call(120, "c"));

    assertThat(life.flags()).containsExactly(REPEAT_CALLER);
    assertThat(life.snapshot().flags().get(0).since()).isEqualTo(START.plusSeconds(120 * 60));
    assertThat(life.alerts(REPEAT_CALLER, OPEN)).hasSize(1);
    assertThat(life.alerts.get(0).evidence())
        .extracting(Alert.Evidence::eventId)
        .containsExactly("a:contact.initiated", "b:contact.initiated", "c:contact.initiated");
  }

  @Test
  void theDayIncludesItsEdgeToTheMillisecond() {
    Event first = CUSTOMER.call("a");
    Event second = CUSTOMER.after(Duration.ofHours(1)).call("b");
    Event justInside = CUSTOMER.after(ONE_DAY).call("c");
    Event justOutside = CUSTOMER.after(ONE_DAY.plus(ONE_MILLISECOND)).call("c");

    assertThat(new Life().with(first, second, justInside).flags()).containsExactly(REPEAT_CALLER);
    assertThat(new Life().with(first, second, justOutside).flags()).isEmpty();
  }

  @Test
  void countsFallExactlyWhenACallLeavesTheWindow() {
    Life life = new Life().with(call(0, "a"));
    assertThat(life.snapshot().history().counts().get("contact.voice"))
        .containsEntry("1h", 1)
        .containsEntry("24h", 1)
        .containsEntry("7d", 1)
        .containsEntry("30d", 1);

    life.until(Duration.ofHours(1));
    assertThat(life.snapshot().history().counts().get("contact.voice")).containsEntry("1h", 1);

    life.until(Duration.ofHours(1).plusMillis(1));
    assertThat(life.snapshot().history().counts().get("contact.voice"))
        .containsEntry("1h", 0)
        .containsEntry("24h", 1);

    life.until(Duration.ofDays(31));
    assertThat(life.snapshot().history().counts()).isEmpty();
    assertThat(life.onlyForgettingIsDue()).isTrue();
  }

  @Test
  void theFlagEndsWhenTheFirstOfThreeCallsIsMoreThanADayOld() {
    Life life =
        new Life()
            .with(call(0, "a"), call(1, "b"), call(2, "c"))
            .with(CUSTOMER.after(Duration.ofMinutes(3)).contact(EventTypes.CONTACT_ENDED, "c"));

    assertThat(life.until(ONE_DAY).flags()).containsExactly(REPEAT_CALLER);
    assertThat(life.until(ONE_DAY.plus(ONE_MILLISECOND)).flags()).isEmpty();
  }

  @Test
  void aCallIsCountedOnceHoweverManyEventsItHas() {
    Life life =
        new Life()
            .with(
                CUSTOMER.after(Duration.ofSeconds(20)).contact("contact.connected", "a"),
                CUSTOMER.after(Duration.ofSeconds(10)).contact("contact.queued", "a"),
                CUSTOMER.call("a"),
                CUSTOMER.after(Duration.ofSeconds(99)).contact("contact.ended", "a"));

    assertThat(life.snapshot().history().counts().get("contact.voice")).containsEntry("24h", 1);
    assertThat(life.state.contactStarts.get("voice").times).containsExactly(START.toEpochMilli());
  }

  @Test
  void callsThatTheCompanyMakesAreNotCounted() {
    Event outbound =
        CUSTOMER.event(
            "o",
            EventTypes.CONTACT_INITIATED,
            Events.data()
                .put("contactId", "o")
                .put("channel", "voice")
                .put("direction", "outbound"));

    assertThat(new Life().with(outbound).snapshot().history().counts()).isEmpty();
  }

  /** Oracle: the plain definition over the sorted list of calls. */
  @Test
  void repeatsAreThoseOfTheDefinitionWhateverTheOrderOfArrival() {
    for (long seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      long[] minutes = random.longs(1 + random.nextInt(40), 0, 20 * 24 * 60).distinct().toArray();
      List<Event> calls = new ArrayList<>();
      for (long minute : minutes) {
        calls.add(call(minute, "k-" + minute));
      }
      calls.addAll(calls.subList(0, calls.size() / 3));
      Collections.shuffle(calls, random);

      Life life = new Life().with(calls.toArray(Event[]::new));

      Arrays.sort(minutes);
      assertThat(life.state.repeats24h.repeatContacts)
          .as("seed %d, 24 h", seed)
          .isEqualTo(repeats(minutes, ONE_DAY.toMinutes()));
      assertThat(life.state.repeats7d.repeatContacts)
          .as("seed %d, 7 d", seed)
          .isEqualTo(repeats(minutes, Duration.ofDays(7).toMinutes()));
    }
  }

  private static long repeats(long[] sortedMinutes, long window) {
    return Arrays.stream(sortedMinutes)
        .filter(
            end ->
                LongStream.of(sortedMinutes).filter(m -> m >= end - window && m <= end).count()
                    >= 3)
        .count();
  }

  private static Event call(long minutes, String contactId) {
    return CUSTOMER.after(Duration.ofMinutes(minutes)).call(contactId);
  }

  @Test
  void aThirdCallIsToldEvenWhenTheClockHasRunAheadOfItsFeed() {
    Life life = new Life().with(call(0, "a"), call(60, "b")).until(Duration.ofDays(3));

    life.with(call(120, "c"));

    assertThat(life.alerts(REPEAT_CALLER, OPEN)).hasSize(1);
    assertThat(life.flags()).as("but it is over by now").doesNotContain(REPEAT_CALLER);
  }

  @Test
  void aTextMessageDuringACallDoesNotMakeItAChat() {
    Event message =
        CUSTOMER
            .after(Duration.ofMinutes(61))
            .event(
                "m",
                EventTypes.MESSAGE_RECEIVED,
                Events.data().put("contactId", "c").put("channel", "sms").put("text", "1402"));
    Life life = new Life().with(call(0, "a"), call(30, "b"), call(60, "c"), message);
    Event queued = CUSTOMER.after(Duration.ofMinutes(62)).contact(EventTypes.CONTACT_QUEUED, "c");

    life.with(queued);

    assertThat(life.flags()).contains(REPEAT_CALLER);
    assertThat(life.alerts(REPEAT_CALLER, OPEN)).as("told once").hasSize(1);
    assertThat(life.snapshot().history().contacts()).allMatch(c -> c.channel().equals("voice"));
  }
}
