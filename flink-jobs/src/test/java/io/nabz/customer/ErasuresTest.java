package io.nabz.customer;

import static io.nabz.testkit.Events.data;
import static org.assertj.core.api.Assertions.assertThat;

import io.nabz.customer.state.CustomerState;
import io.nabz.model.Event;
import io.nabz.testkit.Events;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ErasuresTest {
  private static final Events CUSTOMER = Events.of("C-1");
  private static final Duration ONE_HOUR = Duration.ofHours(1);

  /** No word of the customer: the clocks and the count of events. */
  private static final Set<String> KEPT =
      Set.of("appliedEvents", "nowMs", "lastEventAtMs", "erasedAtMs");

  private final Life life = new Life();

  @Test
  void anErasureLeavesNothingButItsMoment() throws Exception {
    life.with(CUSTOMER.call("k"), CUSTOMER.cartItemAdded("c", "shoes", 5), lead(), erased());

    assertThat(life.lastChanges().isGone()).isTrue();
    assertThat(life.lastChanges().isForgotten()).isFalse();
    CustomerState blank = new CustomerState();
    for (Field field : CustomerState.class.getFields()) {
      boolean isState = (field.getModifiers() & (Modifier.STATIC | Modifier.TRANSIENT)) == 0;
      if (isState && !KEPT.contains(field.getName())) {
        assertThat(field.get(life.state))
            .as(field.getName())
            .usingRecursiveComparison()
            .isEqualTo(field.get(blank));
      }
    }
  }

  @Test
  void whatHappenedBeforeTheErasureIsNotTakenInAgain() {
    life.with(CUSTOMER.call("k"), erased());

    assertThat(life.apply(CUSTOMER.call("k"))).isFalse();
    assertThat(life.apply(CUSTOMER.after(Duration.ofMinutes(59)).call("late"))).isFalse();
    assertThat(life.apply(erased())).isFalse();
  }

  @Test
  void whatHappensAfterTheErasureBeginsAnewUnderAGrowingVersion() {
    life.with(CUSTOMER.call("k"));
    long before = life.snapshot().version();

    life.with(erased(), CUSTOMER.after(ONE_HOUR.plusSeconds(1)).call("new"));

    assertThat(life.lastChanges().isGone()).isFalse();
    assertThat(life.snapshot().history().contacts()).hasSize(1);
    assertThat(life.snapshot().version()).isGreaterThan(before);
  }

  @Test
  void theMomentOfTheErasureIsForgottenAMonthLater() {
    life.with(CUSTOMER.call("k"), erased());

    life.until(ONE_HOUR.plusDays(30).minusMillis(1));
    assertThat(life.lastChanges().isGone()).isFalse();

    life.until(ONE_HOUR.plusDays(30));
    assertThat(life.lastChanges().isForgotten()).isTrue();
    assertThat(life.state.erasedAtMs).isZero();
  }

  @Test
  void aCustomerIsForgottenFourHundredDaysAfterTheNewestEvent() {
    life.with(CUSTOMER.after(ONE_HOUR).call("k"), CUSTOMER.call("late"));

    life.until(ONE_HOUR.plusDays(400).minusMillis(1));
    assertThat(life.lastChanges().isGone()).isFalse();

    life.until(ONE_HOUR.plusDays(400));
    assertThat(life.lastChanges().isForgotten()).isTrue();
    assertThat(life.state.contacts).isEmpty();
  }

  @Test
  void whoComesBackAfterAllThatTimeIsANewCustomerUnderAGrowingVersion() {
    life.with(CUSTOMER.call("k"));
    long before = life.snapshot().version();
    Event back = CUSTOMER.after(Duration.ofDays(500)).call("back");

    life.with(back);

    assertThat(life.lastChanges().isGone()).isFalse();
    assertThat(life.snapshot().history().contacts()).hasSize(1);
    assertThat(life.snapshot().version()).isGreaterThan(before);
    assertThat(life.apply(back)).as("a second arrival").isFalse();
  }

  private static Event lead() {
    return CUSTOMER.event(
        "p",
        "profile.updated",
        data().set("attributes", data().setAll(Map.of("name", data().textNode("Sara")))));
  }

  private static Event erased() {
    return CUSTOMER.after(ONE_HOUR).event("erase", "customer.erased", data());
  }
}
