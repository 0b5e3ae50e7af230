package io.nabz.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Where a cart is in its life. */
public enum CartState {
  NONE("none"),
  OPEN("open"),
  CHECKOUT("checkout"),
  ABANDONED("abandoned");

  private final String code;

  CartState(String code) {
    this.code = code;
  }

  /** The name on the wire. */
  @JsonValue
  public String code() {
    return code;
  }

  /**
   * @throws IllegalArgumentException naming the accepted codes
   */
  @JsonCreator
  public static CartState of(String code) {
    return Codes.require(CartState.class, CartState::code, code);
  }
}
