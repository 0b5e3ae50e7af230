package io.nabz.identity;

import static io.nabz.testkit.Events.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nabz.customer.Book;
import io.nabz.customer.Ledger;
import io.nabz.model.Event;
import io.nabz.model.EventTypes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What identity costs at most, and what it does not do any more beyond that. */
class IdentityBoundsTest extends IdentityScene {
  @Test
  void aKioskOfTenThousandCustomersStaysSmallAndMovesNothing() {
    for (int i = 0; i < 10_000; i++) {
      stages.with(
          page(2 * i, "C-" + i, "deviceId", "d-1"), page(2 * i + 1, null, "deviceId", "d-1"));
    }

    for (int i = 0; i < 10_000; i += 777) {
      assertThat(seen("C-" + i)).as("C-%d: own 1, anonymous 1", i).isEqualTo(2);
    }
    Stages.Node<NodeState> kiosk = stages.weak.get("default/" + VISITOR);
    assertThat(kiosk.state.claims).hasSizeLessThanOrEqualTo(Claims.MAX);
    assertThat(kiosk.events).hasSizeLessThan(100);
    // A claim goes the longer way, so a page may pass it and has to move once.
    assertThat(stages.attributions).hasSizeBetween(10_000, 30_000);
  }

  @Test
  void onlyTheNewestFiveHundredOfThirtyDaysAreHandedOver() {
    List<Event> events = new ArrayList<>();
    events.add(page(0, null, "phone", PHONE));
    for (int i = 0; i < 1_300; i++) {
      events.add(page(31 * 24 * 60 + i, null, "phone", PHONE));
    }
    stages.with(events);
    assertThat(stages.strong.get("default/" + CALLER).events).hasSizeLessThanOrEqualTo(1_000);

    stages.with(linked(33 * 24 * 60, "C-1", "phone", PHONE));

    assertThat(stages.customer("C-1").state.appliedEvents).isEqualTo(501);
    assertThat(redirect(CALLER)).isEqualTo("default/C-1");
  }

  @Test
  void whatIsTooOldIsNotHandedOver() {
    stages.with(
        page(0, null, "phone", PHONE),
        page(31 * 24 * 60, null, "phone", PHONE),
        linked(31 * 24 * 60 + 1, "C-1", "phone", PHONE));

    assertThat(seen("C-1")).isEqualTo(2);
  }

  @Test
  void aGroupHasItsLimitAndAStormOfMergesAnEnd() {
    for (int i = 0; i < 300; i++) {
      stages.with(call(i, "C-" + i));
    }
    long before = stages.messages;
    for (int i = 1; i < 300; i++) {
      stages.with(merge(300 + i, "C-" + (i - 1), "C-" + i));
    }

    assertThat(stages.refusedMerges).as("at 64, 128, 192 and 256 a new group begins").isEqualTo(4);
    // A merge moves at most 63 others, each with a handful of words.
    assertThat(stages.messages - before).isLessThan(299 * 63 * 6);
  }

  @Test
  void manyEventsLaterASplitStillTakesBackTheNewest() {
    stages.with(linked(0, "C-1", "phone", PHONE));
    List<Event> events = new ArrayList<>();
    for (int i = 1; i <= 3 * Ledger.PAGE; i++) {
      events.add(page(i, null, "phone", PHONE));
    }
    stages.with(events);

    stages.with(event(1_000, EventTypes.IDENTITY_SPLIT, "C-2", splitOf("phone", PHONE)));

    // The identifier keeps 500, of which the customer's ledger has the pages begun last.
    long left = stages.customer("C-1").state.appliedEvents;
    assertThat(stages.customer(CALLER).state.appliedEvents).isEqualTo(500);
    assertThat(left).isGreaterThan(0);
    assertThat(stages.customer("C-1").book.events(Book.Page.NEWEST)).isEmpty();
    assertThat(stages.customer("C-1").book.events(Book.Page.FORMER)).isEmpty();
  }

  @Test
  void customersWhoAreAlwaysNamedHaveNoLedger() {
    stages.with(call(0, "C-1"), linked(1, "C-1", "phone", PHONE), call(2, "C-1", "phone", PHONE));

    assertThat(stages.customer("C-1").state.ledger).isZero();
    assertThat(stages.customer("C-1").book.isEmpty()).isTrue();
    assertThat(stages.attributions).isEmpty();
  }

  @Test
  void aRepeatedLinkIsToldOnceAMinute() {
    for (int i = 0; i < 60; i++) {
      stages.with(
          event(START.plusSeconds(i), EventTypes.PAGE_VIEWED, "C-1", withIds("phone", PHONE)));
    }

    // 60 events to the customer and 60 to its links; of the link one word.
    assertThat(stages.messages).isEqualTo(121);
  }

  @Test
  void hugeEventsAreKeptByTheirSizeNotByTheirNumber() {
    String text = "x".repeat(200_000);
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      ObjectNode data = withIds("phone", PHONE).put("text", text);
      events.add(event(i, EventTypes.PAGE_VIEWED, null, data));
    }
    stages.with(events);
    assertThat(bytes(stages.strong.get("default/" + CALLER).events))
        .isLessThanOrEqualTo(2 * IdentityPolicy.MAX_KEPT_BYTES);

    stages.with(linked(50, "C-1", "phone", PHONE));

    assertThat(seen("C-1"))
        .as("five of 200,000 bytes are less than 1 MiB, and the link")
        .isEqualTo(6);
    HeapBook book = stages.customer("C-1").book;
    assertThat(bytes(book.events(Book.Page.NEWEST)) + bytes(book.events(Book.Page.FORMER)))
        .as("two pages of half a MiB and one event more each")
        .isLessThan(2 * (512 * 1024 + 201_000));
  }

  private static int bytes(List<Kept> events) {
    return events.stream().mapToInt(Kept::size).sum();
  }
}
