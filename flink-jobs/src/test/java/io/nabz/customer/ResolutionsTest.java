package io.nabz.customer;

import static io.nabz.testkit.Events.data;
import static org.assertj.core.api.Assertions.assertThat;

import io.nabz.model.Event;
import io.nabz.model.Snapshot;
import io.nabz.testkit.Events;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ResolutionsTest {
  private static final Events CUSTOMER = Events.of("C-1");
  private static final Duration ONE_WEEK = Duration.ofDays(7);

  private record Contact(int minute, String topic) {}

  @Test
  void aContactIsResolvedOnceAWeekHasPassedWithoutAnother() {
    Life life = new Life().with(contact(new Contact(0, "bill")));
    assertThat(newest(life).resolved()).as("too early to say").isNull();

    assertThat(newest(life.until(ONE_WEEK)).resolved()).isNull();
    assertThat(newest(life.until(ONE_WEEK.plusMillis(1))).resolved()).isTrue();
    assertThat(life.snapshot().history().resolution().sameTopic())
        .isEqualTo(new Snapshot.Outcomes(1, 0, 0));
  }

  @Test
  void aContactOnAnotherTopicLeavesTheFirstResolvedOnItsOwn() {
    Life life =
        new Life()
            .with(contact(new Contact(0, "bill")), contact(new Contact(60, "delivery")))
            .until(Duration.ofDays(20));

    Snapshot.Contact first = life.snapshot().history().contacts().get(1);
    assertThat(first.resolved()).isTrue();
    assertThat(first.resolvedAny()).isFalse();
    Snapshot.Resolution sums = life.snapshot().history().resolution();
    assertThat(sums.sameTopic()).isEqualTo(new Snapshot.Outcomes(2, 0, 0));
    assertThat(sums.anyTopic()).isEqualTo(new Snapshot.Outcomes(1, 1, 0));
  }

  @Test
  void aFollowUpThatArrivesLateStillCounts() {
    Life life = new Life().with(contact(new Contact(0, "bill"))).until(Duration.ofDays(8));
    assertThat(newest(life).resolved()).isTrue();

    life.with(contact(new Contact(60, "bill")));

    assertThat(life.snapshot().history().contacts().get(1).resolved()).isFalse();
  }

  /** Oracle: the plain definition over the sorted list of contacts. */
  @Test
  void sumsAreThoseOfTheDefinitionWhateverTheOrderOfArrival() {
    for (long seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      List<Contact> contacts = new ArrayList<>();
      int minute = 0;
      for (int i = 0; i < 1 + random.nextInt(30); i++) {
        minute += 1 + random.nextInt(2 * 24 * 60);
        contacts.add(new Contact(minute, List.of("a", "b", "c").get(random.nextInt(3))));
      }
      // Within the 30 days for which late contacts are exact.
      int newest = minute;
      contacts.removeIf(contact -> contact.minute < newest - 30 * 24 * 60);
      List<Contact> shuffled = new ArrayList<>(contacts);
      Collections.shuffle(shuffled, random);
      Life life = new Life();
      shuffled.forEach(contact -> life.with(contact(contact)));
      life.until(Duration.ofMinutes(newest).plus(ONE_WEEK).plusMillis(1));

      Snapshot.Resolution sums = life.snapshot().history().resolution();
      assertThat(sums.anyTopic().followed())
          .as("seed %d", seed)
          .isEqualTo(followed(contacts, false));
      assertThat(sums.sameTopic().followed())
          .as("seed %d", seed)
          .isEqualTo(followed(contacts, true));
      assertThat(sums.anyTopic().resolved())
          .as("seed %d", seed)
          .isEqualTo(contacts.size() - followed(contacts, false));
    }
  }

  private static long followed(List<Contact> contacts, boolean sameTopic) {
    return contacts.stream()
        .filter(
            first ->
                contacts.stream()
                    .anyMatch(
                        next ->
                            next.minute > first.minute
                                && next.minute - first.minute <= ONE_WEEK.toMinutes()
                                && (!sameTopic || next.topic.equals(first.topic))))
        .count();
  }

  private static Snapshot.Contact newest(Life life) {
    return life.snapshot().history().contacts().get(0);
  }

  private static Event contact(Contact contact) {
    return CUSTOMER
        .after(Duration.ofMinutes(contact.minute))
        .event(
            "k-" + contact.minute,
            "contact.initiated",
            data()
                .put("contactId", "k-" + contact.minute)
                .put("channel", contact.minute % 2 == 0 ? "voice" : "chat")
                .put("topic", contact.topic));
  }
}
