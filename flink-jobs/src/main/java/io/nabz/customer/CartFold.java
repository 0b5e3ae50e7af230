package io.nabz.customer;

import io.nabz.customer.state.CartBase;
import io.nabz.customer.state.CartLine;
import io.nabz.customer.state.CartMove;
import io.nabz.customer.state.CartRecord;
import io.nabz.customer.state.EvidenceRecord;
import java.util.ArrayList;
import java.util.List;

/** Works a basket out from its moves, in the order of their times. */
final class CartFold {
  /** A cart that was left: since when, and its last event. */
  record Left(long atMs, EvidenceRecord last) {
    boolean isSameAs(Left other) {
      return atMs == other.atMs && last.eventId.equals(other.last.eventId);
    }
  }

  /** The basket after all moves so far. */
  final CartBase basket;

  /** Those that were left before a later move; whether the newest is, the clock decides. */
  final List<Left> left = new ArrayList<>(0);

  private final long restMs;
  private final long forgottenMs;

  private CartFold(CartBase basket, CustomerPolicy policy) {
    this.basket = basket;
    this.restMs = policy.cartAbandonedAfter().toMillis();
    this.forgottenMs = policy.cartForgottenAfter().toMillis();
  }

  /** The basket of all that is known; the record is left as it is. */
  static CartFold of(CartRecord cart, CustomerPolicy policy) {
    CartFold fold = new CartFold(copy(cart.base), policy);
    if (cart.moves != null) {
      cart.moves.forEach(fold::apply);
    }
    return fold;
  }

  /** Has the base take in its next move. */
  static void settle(CartBase base, CartMove move, CustomerPolicy policy) {
    new CartFold(base, policy).apply(move);
    base.settledToMs = move.timeMs;
  }

  /** Does what can be done about a move from before the base. */
  static void settleLate(CartBase base, CartMove move) {
    if (CartMoveKind.of(move.kind) == CartMoveKind.ORDER) {
      base.orderedAtMs = Math.max(base.orderedAtMs, move.timeMs);
      base.lines.removeIf(line -> line.changedAtMs <= move.timeMs);
      if (base.lastActivityMs <= move.timeMs) {
        clear(base);
      }
    } else if (move.timeMs > base.orderedAtMs) {
      change(base, move);
    }
  }

  private void apply(CartMove move) {
    if (basket.lastActivityMs != 0 && !basket.lines.isEmpty()) {
      long leftAt = basket.lastActivityMs + restMs;
      if (move.timeMs > leftAt) {
        left.add(
            new Left(
                leftAt,
                evidence(
                    basket.lastActivityEventId, basket.lastActivityType, basket.lastActivityMs)));
      }
      if (move.timeMs > leftAt + forgottenMs) {
        clear(basket);
      }
    }
    CartMoveKind kind = CartMoveKind.of(move.kind);
    if (kind == CartMoveKind.ORDER) {
      basket.orderedAtMs = move.timeMs;
      clear(basket);
      return;
    }
    basket.lastActivityMs = move.timeMs;
    basket.lastActivityEventId = move.eventId;
    basket.lastActivityType = kind.type();
    basket.cartId = move.cartId == null ? basket.cartId : move.cartId;
    change(basket, move);
  }

  static EvidenceRecord evidence(String eventId, String type, long atMs) {
    return new EvidenceRecord("cart", eventId, type, atMs);
  }

  private static void change(CartBase basket, CartMove move) {
    if (basket.openedAtMs == 0 || move.timeMs < basket.openedAtMs) {
      basket.openedAtMs = move.timeMs;
    }
    switch (CartMoveKind.of(move.kind)) {
      case ADD -> add(basket, move);
      case REMOVE -> remove(basket, move);
      case CHECKOUT, PAYMENT -> basket.checkoutAtMs = Math.max(basket.checkoutAtMs, move.timeMs);
      case ORDER -> throw new IllegalArgumentException("an order does not change a cart");
    }
  }

  private static void add(CartBase basket, CartMove move) {
    CartLine line = line(basket, move.sku);
    if (line == null) {
      if (basket.lines.size() >= CartRecord.MAX_LINES) {
        return;
      }
      line = new CartLine();
      line.sku = move.sku;
      line.changedAtMs = move.timeMs;
      basket.lines.add(line);
    }
    line.quantity += Double.isNaN(move.quantity) ? 1 : move.quantity;
    if (move.timeMs >= line.changedAtMs) {
      line.changedAtMs = move.timeMs;
      line.name = move.name == null ? line.name : move.name;
      line.price = move.price;
      line.currency = move.currency;
    }
    dropIfNone(basket, line);
  }

  private static void remove(CartBase basket, CartMove move) {
    CartLine line = line(basket, move.sku);
    if (line != null) {
      line.quantity -= Double.isNaN(move.quantity) ? line.quantity : move.quantity;
      line.changedAtMs = Math.max(line.changedAtMs, move.timeMs);
      dropIfNone(basket, line);
    }
  }

  private static CartLine line(CartBase basket, String sku) {
    for (CartLine line : basket.lines) {
      if (line.sku.equals(sku)) {
        return line;
      }
    }
    return null;
  }

  private static void dropIfNone(CartBase basket, CartLine line) {
    if (line.quantity <= 0) {
      basket.lines.remove(line);
      if (basket.lines.isEmpty()) {
        basket.openedAtMs = 0;
        basket.checkoutAtMs = 0;
      }
    }
  }

  private static void clear(CartBase basket) {
    basket.cartId = null;
    basket.lines.clear();
    basket.openedAtMs = 0;
    basket.lastActivityMs = 0;
    basket.lastActivityEventId = null;
    basket.lastActivityType = null;
    basket.checkoutAtMs = 0;
  }

  private static CartBase copy(CartBase of) {
    CartBase copy = new CartBase();
    if (of != null) {
      copy.cartId = of.cartId;
      copy.openedAtMs = of.openedAtMs;
      copy.lastActivityMs = of.lastActivityMs;
      copy.lastActivityEventId = of.lastActivityEventId;
      copy.lastActivityType = of.lastActivityType;
      copy.checkoutAtMs = of.checkoutAtMs;
      copy.orderedAtMs = of.orderedAtMs;
      copy.settledToMs = of.settledToMs;
      of.lines.forEach(line -> copy.lines.add(copy(line)));
    }
    return copy;
  }

  static CartLine copy(CartLine of) {
    CartLine copy = new CartLine();
    copy.sku = of.sku;
    copy.name = of.name;
    copy.quantity = of.quantity;
    copy.price = of.price;
    copy.currency = of.currency;
    copy.changedAtMs = of.changedAtMs;
    return copy;
  }
}
