package io.nabz.customer.state.codec;

import io.nabz.customer.state.CartBase;
import io.nabz.customer.state.CartLine;
import io.nabz.customer.state.CartMove;
import io.nabz.customer.state.CartRecord;

/** The fields of the basket. */
final class CartFields {
  private CartFields() {}

  static void write(FieldWriter out, CartRecord cart) {
    out.base(1, cart.lastActivityMs);
    out.text(2, cart.cartId);
    out.ownList(3, cart.lines, CartFields::writeLine);
    out.time(4, cart.openedAtMs);
    out.text(5, cart.lastActivityEventId);
    out.text(6, cart.lastActivityType);
    out.time(7, cart.checkoutAtMs);
    out.time(8, cart.orderedAtMs, Long.MIN_VALUE);
    out.time(9, cart.abandonedAtMs);
    out.list(10, cart.moves, CartFields::writeMove);
    out.record(11, cart.base, CartFields::writeBase);
  }

  static CartRecord read(FieldReader in) {
    CartRecord cart = new CartRecord();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> cart.lastActivityMs = in.base();
        case 2 -> cart.cartId = in.text();
        case 3 -> cart.lines = in.list(CartFields::readLine);
        case 4 -> cart.openedAtMs = in.time();
        case 5 -> cart.lastActivityEventId = in.text();
        case 6 -> cart.lastActivityType = in.text();
        case 7 -> cart.checkoutAtMs = in.time();
        case 8 -> cart.orderedAtMs = in.time();
        case 9 -> cart.abandonedAtMs = in.time();
        case 10 -> cart.moves = in.list(CartFields::readMove);
        case 11 -> cart.base = in.record(CartFields::readBase);
        default -> in.skip();
      }
    }
    return cart;
  }

  static void writeBase(FieldWriter out, CartBase base) {
    out.base(1, base.lastActivityMs);
    out.text(2, base.cartId);
    out.ownList(3, base.lines, CartFields::writeLine);
    out.time(4, base.openedAtMs);
    out.text(5, base.lastActivityEventId);
    out.text(6, base.lastActivityType);
    out.time(7, base.checkoutAtMs);
    out.time(8, base.orderedAtMs, Long.MIN_VALUE);
    out.time(9, base.settledToMs, Long.MIN_VALUE);
  }

  static CartBase readBase(FieldReader in) {
    CartBase base = new CartBase();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> base.lastActivityMs = in.base();
        case 2 -> base.cartId = in.text();
        case 3 -> base.lines = in.list(CartFields::readLine);
        case 4 -> base.openedAtMs = in.time();
        case 5 -> base.lastActivityEventId = in.text();
        case 6 -> base.lastActivityType = in.text();
        case 7 -> base.checkoutAtMs = in.time();
        case 8 -> base.orderedAtMs = in.time();
        case 9 -> base.settledToMs = in.time();
        default -> in.skip();
      }
    }
    return base;
  }

  static void writeLine(FieldWriter out, CartLine line) {
    out.base(1, line.changedAtMs);
    out.text(2, line.sku);
    out.text(3, line.name);
    out.real(4, line.quantity, 0);
    out.text(5, line.price);
    out.text(6, line.currency);
  }

  static CartLine readLine(FieldReader in) {
    CartLine line = new CartLine();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> line.changedAtMs = in.base();
        case 2 -> line.sku = in.text();
        case 3 -> line.name = in.text();
        case 4 -> line.quantity = in.real();
        case 5 -> line.price = in.text();
        case 6 -> line.currency = in.text();
        default -> in.skip();
      }
    }
    return line;
  }

  static void writeMove(FieldWriter out, CartMove move) {
    out.base(1, move.timeMs);
    out.text(2, move.eventId);
    out.number(3, move.kind);
    out.text(4, move.cartId);
    out.text(5, move.sku);
    out.text(6, move.name);
    out.real(7, move.quantity, 0);
    out.text(8, move.price);
    out.text(9, move.currency);
  }

  static CartMove readMove(FieldReader in) {
    CartMove move = new CartMove();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> move.timeMs = in.base();
        case 2 -> move.eventId = in.text();
        case 3 -> move.kind = (char) in.smallNumber();
        case 4 -> move.cartId = in.text();
        case 5 -> move.sku = in.text();
        case 6 -> move.name = in.text();
        case 7 -> move.quantity = in.real();
        case 8 -> move.price = in.text();
        case 9 -> move.currency = in.text();
        default -> in.skip();
      }
    }
    return move;
  }
}
