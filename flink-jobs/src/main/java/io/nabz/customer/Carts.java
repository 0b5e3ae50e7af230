package io.nabz.customer;

import io.nabz.customer.state.CartLine;
import io.nabz.customer.state.CartRecord;
import io.nabz.customer.state.CustomerState;
import io.nabz.customer.state.EvidenceRecord;
import io.nabz.model.CartState;
import io.nabz.model.CustomerKey;
import io.nabz.model.Event;
import io.nabz.model.EventTypes;
import io.nabz.model.FlagCode;
import java.util.ArrayList;
import java.util.List;

/**
 * The basket. It is abandoned when it is not empty and has rested for too long after its last cart,
 * checkout or payment event; an order settles all that came before it. An event that arrives late,
 * with a time inside the rest, disproves the abandonment.
 */
final class Carts {
  private Carts() {}

  static void onActivity(Step step) {
    CartRecord cart = step.state().cart;
    Event event = step.event();
    long at = step.timeMs();
    if (at <= cart.orderedAtMs) {
      return;
    }
    comeBack(step, cart, at);
    if (at >= cart.lastActivityMs) {
      cart.lastActivityMs = at;
      cart.lastActivityEventId = event.id();
      cart.lastActivityType = event.type();
      String cartId = step.word("cartId");
      cart.cartId = cartId == null ? cart.cartId : cartId;
    }
    switch (event.type()) {
      case EventTypes.CART_ITEM_ADDED -> add(cart, event, at);
      case EventTypes.CART_ITEM_REMOVED -> remove(cart, event, at);
      case EventTypes.CHECKOUT_STARTED, EventTypes.PAYMENT_FAILED ->
          cart.checkoutAtMs = Math.max(cart.checkoutAtMs, at);
      default -> throw new IllegalArgumentException("not a cart event: " + event.type());
    }
    if (cart.openedAtMs == 0 || at < cart.openedAtMs) {
      cart.openedAtMs = at;
    }
  }

  static void onOrder(Step step) {
    CartRecord cart = step.state().cart;
    long at = step.timeMs();
    if (at < cart.orderedAtMs) {
      return;
    }
    cart.orderedAtMs = at;
    cart.lines.removeIf(line -> line.changedAtMs <= at);
    if (cart.lastActivityMs > at) {
      // The order was late: what the customer did after it goes on.
      return;
    }
    if (cart.abandonedAtMs != 0) {
      if (at <= cart.abandonedAtMs) {
        disprove(step, cart);
      } else {
        Flags.end(step.state(), FlagCode.CART_ABANDONED);
      }
    }
    clear(cart);
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
    EvidenceRecord last =
        new EvidenceRecord(
            "cart", cart.lastActivityEventId, cart.lastActivityType, cart.lastActivityMs);
    Flags.raise(
        key,
        state,
        FlagCode.CART_ABANDONED,
        at,
        at + policy.cartForgottenAfter().toMillis(),
        List.of(last),
        changes);
  }

  /** The abandoned cart is too old to be worth keeping. */
  static void forget(CustomerState state) {
    clear(state.cart);
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

  /** Any activity ends an abandonment: by disproof if it lies within the rest, else by return. */
  private static void comeBack(Step step, CartRecord cart, long at) {
    if (cart.abandonedAtMs == 0 || at < cart.lastActivityMs) {
      return;
    }
    if (at <= cart.abandonedAtMs) {
      disprove(step, cart);
    } else {
      Flags.end(step.state(), FlagCode.CART_ABANDONED);
    }
    cart.abandonedAtMs = 0;
  }

  private static void disprove(Step step, CartRecord cart) {
    Flags.retract(step.key(), step.state(), FlagCode.CART_ABANDONED, step.changes());
    Families.remove(step.key(), step.state(), Families.CART_ABANDONED, cart.abandonedAtMs);
  }

  private static void add(CartRecord cart, Event event, long at) {
    CartLine line = line(cart, event);
    if (line == null) {
      return;
    }
    line.quantity += quantity(event, 1);
    if (at >= line.changedAtMs) {
      line.changedAtMs = at;
      String name = Sentiments.cut(event.text("name"), Matters.MAX_CHARS);
      line.name = name == null ? line.name : name;
      line.price = Decimals.textOrNull(event.data().get("price"));
      line.currency = Sentiments.cut(event.text("currency"), Matters.MAX_CHARS);
    }
  }

  private static void remove(CartRecord cart, Event event, long at) {
    CartLine line = line(cart, event);
    if (line == null) {
      return;
    }
    line.quantity -= quantity(event, Math.max(line.quantity, 0));
    line.changedAtMs = Math.max(line.changedAtMs, at);
    if (line.quantity == 0) {
      cart.lines.remove(line);
    }
  }

  /** The line of the event's sku, made if there is room for it; null when the cart is full. */
  private static CartLine line(CartRecord cart, Event event) {
    String sku = Sentiments.cut(event.text("sku"), Matters.MAX_CHARS);
    String key = sku == null ? "" : sku;
    for (CartLine line : cart.lines) {
      if (line.sku.equals(key)) {
        return line;
      }
    }
    if (cart.lines.size() >= CartRecord.MAX_LINES) {
      return null;
    }
    CartLine line = new CartLine();
    line.sku = key;
    cart.lines.add(line);
    return line;
  }

  private static double quantity(Event event, double otherwise) {
    return event.data().path("quantity").isNumber()
        ? event.data().get("quantity").asDouble()
        : otherwise;
  }

  private static void clear(CartRecord cart) {
    cart.cartId = null;
    cart.lines = new ArrayList<>(cart.lines.stream().filter(l -> l.quantity < 0).toList());
    cart.openedAtMs = 0;
    cart.lastActivityMs = 0;
    cart.lastActivityEventId = null;
    cart.lastActivityType = null;
    cart.checkoutAtMs = 0;
    cart.abandonedAtMs = 0;
  }
}
