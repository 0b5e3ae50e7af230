package io.nabz.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Where a contact is in its life; the last two are its ends. */
public enum ContactState {
  INITIATED("initiated"),
  QUEUED("queued"),
  CONNECTED("connected"),
  ENDED("ended"),
  ABANDONED("abandoned");

  private final String code;

  ContactState(String code) {
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
  public static ContactState of(String code) {
    return Codes.require(ContactState.class, ContactState::code, code);
  }

  /** Whether the conversation is over. */
  public boolean isOver() {
    return this == ENDED || this == ABANDONED;
  }
}
