package io.nabz.customer;

import io.nabz.model.EventTypes;

/** What may happen to a basket; the code is what is kept. */
enum CartMoveKind {
  ADD('a', EventTypes.CART_ITEM_ADDED),
  REMOVE('r', EventTypes.CART_ITEM_REMOVED),
  CHECKOUT('c', EventTypes.CHECKOUT_STARTED),
  PAYMENT('p', EventTypes.PAYMENT_FAILED),
  /** Comes after all else of its moment, since it settles that. */
  ORDER('z', EventTypes.ORDER_PLACED);

  private final char code;
  private final String type;

  CartMoveKind(char code, String type) {
    this.code = code;
    this.type = type;
  }

  char code() {
    return code;
  }

  String type() {
    return type;
  }

  static CartMoveKind of(char code) {
    for (CartMoveKind kind : values()) {
      if (kind.code == code) {
        return kind;
      }
    }
    throw new IllegalArgumentException("no move of a cart has the code " + code);
  }
}
