package io.nabz.customer;

import io.nabz.customer.CartFold.Left;
import io.nabz.customer.state.CartBase;
import io.nabz.customer.state.CartLine;
import io.nabz.customer.state.CartMove;
import io.nabz.customer.state.CartRecord;
import io.nabz.customer.state.CustomerState;
import io.nabz.customer.state.EvidenceRecord;
import io.nabz.model.AlertState;
import io.nabz.model.CartState;
import io.nabz.model.CustomerKey;
import io.nabz.model.Event;
import io.nabz.model.FlagCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The basket. It is abandoned when it is not empty and has rested for too long after its last cart,
 * checkout or payment event; an order settles all that came before it.
 *
 * <p>Basket and abandonments follow from the moves in the order of their times, so the order of
 * arrival does not show: an event may come {@link #LATENESS} after a younger one, with no more than
 * {@link #MAX_MOVES} younger ones before it. What comes later than that still changes the lines,
 * but cannot tell any more what was there at its time.
 */
final class Carts {
  static final Duration LATENESS = Duration.ofHours(1);
  static final int MAX_MOVES = 32;

  private Carts() {}

  static void apply(Step step, CartMoveKind kind, CustomerPolicy policy) {
    CartRecord cart = step.state().cart;
    takeUp(cart);
    List<Left> before = CartFold.of(cart, policy).left;
    Left newest = null;
    if (cart.abandonedAtMs != 0) {
      newest = new Left(cart.abandonedAtMs, last(cart));
      before.add(newest);
    }
    insert(cart, move(step, kind));
    CartFold fold = CartFold.of(cart, policy);
    boolean stillLeft =
        newest != null
            && !fold.basket.lines.isEmpty()
            && newest.last().eventId.equals(fold.basket.lastActivityEventId);
    List<Left> after = new ArrayList<>(fold.left);
    if (stillLeft) {
      after.add(newest);
    }
    show(cart, fold.basket);
    if (!stillLeft && newest != null) {
      cart.abandonedAtMs = 0;
      Flags.end(step.state(), FlagCode.CART_ABANDONED);
    } else if (stillLeft && step.state().flag(FlagCode.CART_ABANDONED.name()) == null) {
      // So old that it is not shown any more.
      hide(cart);
    }
    tellChanges(step, before, after);
    while (isSettled(cart)) {
      settleOldest(cart, policy);
    }
  }

  /** When the cart will count as abandoned, or {@link CustomerState#NEVER}. */
  static long nextAbandoned(CartRecord cart, long abandonedAfterMs) {
    return cart.abandonedAtMs == 0 && cart.lastActivityMs != 0 && !isEmpty(cart)
        ? cart.lastActivityMs + abandonedAfterMs
        : CustomerState.NEVER;
  }

  static void abandon(
      CustomerKey key, CustomerState state, CustomerPolicy policy, Changes changes) {
    CartRecord cart = state.cart;
    long at = cart.lastActivityMs + policy.cartAbandonedAfter().toMillis();
    cart.abandonedAtMs = at;
    Families.add(key, state, Families.CART_ABANDONED, at);
    Flags.raise(
        key,
        state,
        FlagCode.CART_ABANDONED,
        at,
        at + policy.cartForgottenAfter().toMillis(),
        List.of(last(cart)),
        changes);
  }

  /** The abandoned cart is too old to be worth showing. */
  static void forget(CustomerState state, CustomerPolicy policy) {
    takeUp(state.cart);
    while (state.cart.moves != null) {
      settleOldest(state.cart, policy);
    }
    hide(state.cart);
    Flags.end(state, FlagCode.CART_ABANDONED);
  }

  static boolean isEmpty(CartRecord cart) {
    for (CartLine line : cart.lines) {
      if (line.quantity > 0) {
        return false;
      }
    }
    return true;
  }

  static CartState state(CartRecord cart) {
    if (isEmpty(cart)) {
      return CartState.NONE;
    }
    if (cart.abandonedAtMs != 0) {
      return CartState.ABANDONED;
    }
    return cart.checkoutAtMs != 0 ? CartState.CHECKOUT : CartState.OPEN;
  }

  /**
   * What turns out to have been left is told, and what turns out not to have been is taken back.
   */
  private static void tellChanges(Step step, List<Left> before, List<Left> after) {
    for (Left left : before) {
      if (after.stream().noneMatch(left::isSameAs)) {
        Families.remove(step.key(), step.state(), Families.CART_ABANDONED, left.atMs());
        tell(step, left, AlertState.RETRACTED);
      }
    }
    for (Left left : after) {
      if (before.stream().noneMatch(left::isSameAs)) {
        Families.add(step.key(), step.state(), Families.CART_ABANDONED, left.atMs());
        tell(step, left, AlertState.OPEN);
      }
    }
  }

  private static void tell(Step step, Left left, AlertState alertState) {
    Flags.tellOfThePast(
        step.key(),
        step.state(),
        FlagCode.CART_ABANDONED,
        left.atMs(),
        left.last(),
        alertState,
        step.changes());
  }

  private static EvidenceRecord last(CartRecord cart) {
    return CartFold.evidence(cart.lastActivityEventId, cart.lastActivityType, cart.lastActivityMs);
  }

  private static CartMove move(Step step, CartMoveKind kind) {
    Event event = step.event();
    CartMove move = new CartMove();
    move.timeMs = step.timeMs();
    move.eventId = event.id();
    move.kind = kind.code();
    if (kind != CartMoveKind.ORDER) {
      move.cartId = step.word("cartId");
    }
    if (kind == CartMoveKind.ADD || kind == CartMoveKind.REMOVE) {
      String sku = step.word("sku");
      move.sku = sku == null ? "" : sku;
      boolean said = event.data().path("quantity").isNumber();
      move.quantity = said ? event.data().get("quantity").asDouble() : Double.NaN;
    }
    if (kind == CartMoveKind.ADD) {
      move.name = step.word("name");
      move.price = Decimals.textOrNull(event.data().get("price"));
      move.currency = step.word("currency");
    }
    return move;
  }

  private static void insert(CartRecord cart, CartMove move) {
    if (cart.base != null && move.timeMs <= cart.base.settledToMs) {
      CartFold.settleLate(cart.base, move);
      return;
    }
    if (cart.moves == null) {
      cart.moves = new ArrayList<>(2);
    }
    int at = cart.moves.size();
    while (at > 0 && isAfter(cart.moves.get(at - 1), move)) {
      at--;
    }
    cart.moves.add(at, move);
  }

  private static boolean isAfter(CartMove one, CartMove other) {
    if (one.timeMs != other.timeMs) {
      return one.timeMs > other.timeMs;
    }
    boolean oneOrders = one.kind == CartMoveKind.ORDER.code();
    boolean otherOrders = other.kind == CartMoveKind.ORDER.code();
    return oneOrders != otherOrders ? oneOrders : one.eventId.compareTo(other.eventId) > 0;
  }

  private static boolean isSettled(CartRecord cart) {
    if (cart.moves == null) {
      return false;
    }
    long newest = cart.moves.get(cart.moves.size() - 1).timeMs;
    return cart.moves.size() > MAX_MOVES || cart.moves.get(0).timeMs < newest - LATENESS.toMillis();
  }

  private static void settleOldest(CartRecord cart, CustomerPolicy policy) {
    cart.base = cart.base == null ? new CartBase() : cart.base;
    CartFold.settle(cart.base, cart.moves.remove(0), policy);
    cart.moves = cart.moves.isEmpty() ? null : cart.moves;
  }

  /** A record of an earlier version knows what is in the basket and not how it came in. */
  private static void takeUp(CartRecord cart) {
    boolean known = cart.base != null || cart.moves != null;
    if (known || (cart.lastActivityMs == 0 && cart.orderedAtMs == Long.MIN_VALUE)) {
      return;
    }
    CartBase base = new CartBase();
    base.cartId = cart.cartId;
    cart.lines.stream()
        .filter(line -> line.quantity > 0)
        .forEach(line -> base.lines.add(CartFold.copy(line)));
    base.openedAtMs = cart.openedAtMs;
    base.lastActivityMs = cart.lastActivityMs;
    base.lastActivityEventId = cart.lastActivityEventId;
    base.lastActivityType = cart.lastActivityType;
    base.checkoutAtMs = cart.checkoutAtMs;
    base.orderedAtMs = cart.orderedAtMs;
    base.settledToMs = Math.max(cart.lastActivityMs, cart.orderedAtMs);
    cart.base = base;
  }

  private static void show(CartRecord cart, CartBase basket) {
    cart.cartId = basket.cartId;
    cart.lines = basket.lines;
    cart.openedAtMs = basket.openedAtMs;
    cart.lastActivityMs = basket.lastActivityMs;
    cart.lastActivityEventId = basket.lastActivityEventId;
    cart.lastActivityType = basket.lastActivityType;
    cart.checkoutAtMs = basket.checkoutAtMs;
    cart.orderedAtMs = basket.orderedAtMs;
  }

  private static void hide(CartRecord cart) {
    cart.cartId = null;
    cart.lines = new ArrayList<>(2);
    cart.openedAtMs = 0;
    cart.checkoutAtMs = 0;
  }
}
