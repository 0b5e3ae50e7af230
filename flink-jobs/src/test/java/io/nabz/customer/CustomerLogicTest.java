package io.nabz.customer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nabz.customer.state.CustomerState;
import io.nabz.customer.state.SeenIds;
import io.nabz.customer.state.TimeCounter;
import io.nabz.model.ContactState;
import io.nabz.model.Event;
import io.nabz.model.EventTypes;
import io.nabz.model.Json;
import io.nabz.model.Snapshot;
import io.nabz.testkit.Events;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CustomerLogicTest {
  private static final Events CUSTOMER = Events.of("C-1");

  @Test
  void aSecondArrivalOfAnEventChangesNothing() {
    Life life = new Life().with(CUSTOMER.call("k"));
    Snapshot before = life.snapshot();

    assertThat(life.apply(CUSTOMER.call("k"))).isFalse();
    assertThat(life.snapshot()).isEqualTo(before);
  }

  @Test
  void theSameIdFromAnotherSourceIsAnotherEvent() {
    Life life = new Life().with(CUSTOMER.call("k"));

    assertThat(life.apply(CUSTOMER.from("/other").call("k"))).isTrue();
  }

  @Test
  void versionsOnlyGrow() {
    Life life = new Life();
    long last = -1;
    for (int i = 0; i < 50; i++) {
      life.with(CUSTOMER.after(Duration.ofMinutes(i)).call("k-" + i));
      assertThat(life.snapshot().version()).isGreaterThan(last);
      last = life.snapshot().version();
      life.until(Duration.ofMinutes(i).plusMillis(i % 3));
      assertThat(life.snapshot().version()).isGreaterThanOrEqualTo(last);
      last = life.snapshot().version();
    }
  }

  @Test
  void aContactGoesThroughItsWholeLife() {
    Life life = new Life().with(CUSTOMER.call("k"));
    assertThat(live(life).state()).isEqualTo(ContactState.INITIATED);
    life.with(CUSTOMER.after(Duration.ofSeconds(5)).contact(EventTypes.CONTACT_QUEUED, "k"));
    assertThat(live(life).state()).isEqualTo(ContactState.QUEUED);
    life.with(CUSTOMER.after(Duration.ofSeconds(65)).contact(EventTypes.CONTACT_CONNECTED, "k"));
    assertThat(live(life).state()).isEqualTo(ContactState.CONNECTED);
    assertThat(live(life).waitSeconds()).as("65 s - 5 s").isEqualTo(60.0);

    life.with(CUSTOMER.after(Duration.ofSeconds(185)).contact(EventTypes.CONTACT_ENDED, "k"));

    assertThat(life.snapshot().currentActivity().contacts()).isEmpty();
    Snapshot.Contact past = life.snapshot().history().contacts().get(0);
    assertThat(past.state()).isEqualTo(ContactState.ENDED);
    assertThat(past.handleSeconds()).as("185 s - 65 s").isEqualTo(120.0);
  }

  @Test
  void aContactOfWhichNothingMoreIsHeardIsGivenUpAfterTwelveHours() {
    Life life = new Life().with(CUSTOMER.call("k"));

    assertThat(
            life.until(Duration.ofHours(12).minusMillis(1)).snapshot().currentActivity().contacts())
        .hasSize(1);
    assertThat(life.until(Duration.ofHours(12)).snapshot().currentActivity().contacts()).isEmpty();
  }

  @Test
  void identifiersAndAttributesAreKeptInOneForm() {
    ObjectNode data = Events.data();
    data.putObject("identifiers").put("phone", "۰۹۱۲ ۱۲۳ ۴۵۶۷").put("email", "Sara@Example.IR");
    data.putObject("attributes").put("name", "سارا").put("language", "fa");

    Snapshot.Identity identity =
        new Life()
            .with(CUSTOMER.event("p", EventTypes.PROFILE_UPDATED, data))
            .snapshot()
            .identity();

    assertThat(identity.identifiers())
        .containsEntry("phone", List.of("+989121234567"))
        .containsEntry("email", List.of("sara@example.ir"));
    assertThat(identity.attributes()).containsEntry("name", "سارا");
    assertThat(identity.language()).isEqualTo("fa");
  }

  /** Shuffling and doubling must not show once everything has arrived. */
  @Test
  void theOrderOfArrivalDoesNotShowInTheSnapshot() {
    for (long seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      List<Event> inOrder = randomLife(random);
      List<Event> shuffled = new ArrayList<>(inOrder);
      shuffled.addAll(inOrder.subList(0, inOrder.size() / 2));
      Collections.shuffle(shuffled, random);

      String expected = seen(new Life().with(inOrder.toArray(Event[]::new)));
      String actual = seen(new Life().with(shuffled.toArray(Event[]::new)));

      assertThat(actual).as("seed %d", seed).isEqualTo(expected);
    }
  }

  @Test
  void aHostileCustomerCostsABoundedState() {
    Life life = new Life();
    for (int i = 0; i < 20_000; i++) {
      Events moment = CUSTOMER.after(Duration.ofSeconds(i)).from("/s-" + i);
      life.with(moment.call("k-" + i), moment.cartItemAdded("c-" + i, "sku-" + i, 1));
    }
    CustomerState state = life.state;

    assertThat(state.seen.size).isEqualTo(SeenIds.CAPACITY);
    assertThat(state.contacts).hasSize(Contacts.MAX_CONTACTS);
    assertThat(state.journey).hasSize(Journeys.MAX_STEPS);
    assertThat(state.cart.lines).hasSize(50);
    assertThat(state.sources).hasSize(8);
    assertThat(state.contactStarts.get("voice").times).hasSize(TimeCounter.EXACT);
    // 20,000 s are 5.6 h: one or two buckets of six hours hold all that is not kept one by one.
    assertThat(state.contactStarts.get("voice").buckets.length).isLessThanOrEqualTo(2);
    assertThat(life.snapshot().history().counts().get("contact.voice"))
        .containsEntry("24h", 20_000);
    assertThat(Json.bytes(life.snapshot()).length).isLessThan(16 * 1024);
  }

  private static Snapshot.Contact live(Life life) {
    return life.snapshot().currentActivity().contacts().get(0);
  }

  /** All of the snapshot but the freshness, whose lag is that of the newest arrival by design. */
  private static String seen(Life life) {
    ObjectNode tree = Json.mapper().valueToTree(life.until(Duration.ofDays(60)).snapshot());
    tree.remove("version");
    return tree.toPrettyString();
  }

  private static List<Event> randomLife(Random random) {
    List<Event> events = new ArrayList<>();
    long second = 0;
    for (int i = 0; i < 30; i++) {
      second += 1 + random.nextInt(3 * 3600);
      Events moment = CUSTOMER.after(Duration.ofSeconds(second));
      String contact = "k-" + random.nextInt(6);
      events.add(
          switch (random.nextInt(5)) {
            case 0 -> moment.call("k-" + i);
            case 1 -> moment.contact(EventTypes.CONTACT_ENDED, contact + "-" + i);
            case 2 -> moment.message("m-" + i, "text " + i, random.nextInt(21) / 10.0 - 1);
            case 3 -> moment.orderPlaced("o-" + i, 100);
            default -> moment.event("p-" + i, "page.viewed", Events.data().put("title", "t"));
          });
    }
    return events;
  }
}
