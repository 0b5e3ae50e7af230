package io.nabz.customer;

import static io.nabz.model.AlertState.OPEN;
import static io.nabz.model.AlertState.RETRACTED;
import static io.nabz.model.FlagCode.CART_ABANDONED;
import static org.assertj.core.api.Assertions.assertThat;

import io.nabz.customer.state.CartRecord;
import io.nabz.model.CartState;
import io.nabz.model.Event;
import io.nabz.model.EventTypes;
import io.nabz.testkit.Events;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CartsTest {
  private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);
  private static final Duration ONE_MILLISECOND = Duration.ofMillis(1);
  private static final Events CUSTOMER = Events.of("C-1");
  private static final Event SHOES = CUSTOMER.cartItemAdded("add", "shoes", 900);

  @Test
  void aCartThatRestsForHalfAnHourIsAbandoned() {
    Life life = new Life().with(SHOES);
    assertThat(life.snapshot().currentActivity().cart().state()).isEqualTo(CartState.OPEN);

    life.until(HALF_AN_HOUR.minus(ONE_MILLISECOND));
    assertThat(life.flags()).isEmpty();

    life.until(HALF_AN_HOUR);
    assertThat(life.flags()).containsExactly(CART_ABANDONED);
    assertThat(life.snapshot().currentActivity().cart().state()).isEqualTo(CartState.ABANDONED);
    assertThat(life.snapshot().currentActivity().cart().value().amount())
        .isEqualByComparingTo("900");
    assertThat(life.alerts(CART_ABANDONED, OPEN)).hasSize(1);
  }

  @Test
  void anOrderAtTheLastMillisecondSavesTheCart() {
    Life life = new Life().with(SHOES, CUSTOMER.after(HALF_AN_HOUR).orderPlaced("o", 900));

    assertThat(life.alerts).isEmpty();
    assertThat(life.snapshot().currentActivity().cart().state()).isEqualTo(CartState.NONE);
    assertThat(life.snapshot().value().orders()).isEqualTo(1);
  }

  @Test
  void everyCartCheckoutOrPaymentEventStartsTheRestAnew() {
    Life life =
        new Life()
            .with(
                SHOES,
                CUSTOMER
                    .after(Duration.ofMinutes(20))
                    .event("p", EventTypes.PAYMENT_FAILED, Events.data()));

    assertThat(life.until(Duration.ofMinutes(49)).flags()).doesNotContain(CART_ABANDONED);
    assertThat(life.snapshot().currentActivity().cart().state()).isEqualTo(CartState.CHECKOUT);
    assertThat(life.until(Duration.ofMinutes(50)).flags()).contains(CART_ABANDONED);
  }

  @Test
  void anEmptiedCartIsNotAbandoned() {
    Event emptied =
        CUSTOMER
            .after(Duration.ofMinutes(1))
            .event("rm", EventTypes.CART_ITEM_REMOVED, Events.data().put("sku", "shoes"));

    Life life = new Life().with(SHOES, emptied).until(Duration.ofDays(1));

    assertThat(life.flags()).isEmpty();
    assertThat(life.onlyForgettingIsDue()).isTrue();
  }

  @Test
  void aLateOrderFromWithinTheRestTakesTheAlertBack() {
    Life life = new Life().with(SHOES).until(HALF_AN_HOUR);
    assertThat(life.flags()).containsExactly(CART_ABANDONED);

    life.with(CUSTOMER.after(Duration.ofMinutes(29)).orderPlaced("late", 900));

    assertThat(life.flags()).isEmpty();
    assertThat(life.alerts(CART_ABANDONED, RETRACTED))
        .isEqualTo(life.alerts(CART_ABANDONED, OPEN))
        .hasSize(1);
  }

  @Test
  void anOrderAfterTheAbandonmentEndsTheFlagAndLeavesTheAlertTrue() {
    Life life = new Life().with(SHOES).until(HALF_AN_HOUR);

    life.with(CUSTOMER.after(Duration.ofHours(2)).orderPlaced("o", 900));

    assertThat(life.flags()).isEmpty();
    assertThat(life.alerts(CART_ABANDONED, RETRACTED)).isEmpty();
  }

  @Test
  void aCustomerWhoComesBackAndLeavesAgainIsASecondAbandonment() {
    Life life =
        new Life()
            .with(SHOES)
            .until(HALF_AN_HOUR)
            .with(CUSTOMER.after(Duration.ofHours(2)).cartItemAdded("again", "hat", 100))
            .until(Duration.ofHours(3));

    assertThat(life.alerts(CART_ABANDONED, OPEN)).doesNotHaveDuplicates().hasSize(2);
    assertThat(life.snapshot().currentActivity().cart().items()).hasSize(2);
  }

  @Test
  void whatCameBeforeAnOrderIsSettledEvenWhenItArrivesAfterIt() {
    Life life =
        new Life()
            .with(CUSTOMER.after(Duration.ofMinutes(5)).orderPlaced("o", 900), SHOES)
            .until(Duration.ofDays(1));

    assertThat(life.flags()).isEmpty();
    assertThat(life.snapshot().currentActivity().cart().items()).isEmpty();
  }

  @Test
  void anAbandonedCartIsForgottenAfterThirtyDays() {
    Life life = new Life().with(SHOES).until(Duration.ofDays(31));

    assertThat(life.flags()).isEmpty();
    assertThat(life.snapshot().currentActivity().cart().items()).isEmpty();
    assertThat(life.onlyForgettingIsDue()).isTrue();
  }

  @Test
  void anAbandonmentSeenOnlyInHindsightIsToldAndCounted() {
    Event back = CUSTOMER.after(Duration.ofHours(2)).cartItemAdded("again", "hat", 100);

    Life life = new Life().with(back, SHOES);

    assertThat(life.alerts(CART_ABANDONED, OPEN)).hasSize(1);
    assertThat(life.flags()).as("the customer has come back since").isEmpty();
    assertThat(life.snapshot().history().counts().get("cart.abandoned")).containsEntry("24h", 1);
    assertThat(life.snapshot().currentActivity().cart().items()).hasSize(2);
  }

  @Test
  void aRemovalThatOvertakesItsAdditionEmptiesTheCartAllTheSame() {
    Event removed =
        CUSTOMER
            .after(Duration.ofMinutes(1))
            .event("rm", EventTypes.CART_ITEM_REMOVED, Events.data().put("sku", "shoes"));

    Life life = new Life().with(removed, SHOES).until(Duration.ofDays(1));

    assertThat(life.snapshot().currentActivity().cart().items()).isEmpty();
    assertThat(life.alerts).isEmpty();
  }

  @Test
  void aBotsMillionMovesCostNoMoreThanTheNewest() {
    Life life = new Life();
    for (int i = 0; i < 500; i++) {
      life.with(CUSTOMER.after(Duration.ofMillis(i)).cartItemAdded("a-" + i, "s-" + i % 90, 1));
    }

    assertThat(life.state.cart.moves).hasSize(Carts.MAX_MOVES);
    assertThat(life.state.cart.base.lines).hasSize(CartRecord.MAX_LINES);
  }

  @Test
  void aCartOfAnEarlierVersionGoesOn() {
    Life life = new Life().with(SHOES);
    // Earlier versions kept the cart and not what had been done to it.
    life.state.cart.moves = null;
    life.state.cart.base = null;

    life.until(HALF_AN_HOUR).with(CUSTOMER.after(Duration.ofHours(1)).cartItemAdded("b", "hat", 1));

    assertThat(life.snapshot().currentActivity().cart().items()).hasSize(2);
    assertThat(life.alerts(CART_ABANDONED, OPEN)).hasSize(1);
    assertThat(life.alerts(CART_ABANDONED, RETRACTED)).isEmpty();
  }
}
