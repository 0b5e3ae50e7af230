package io.nabz.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Where an alert is in its life. */
public enum AlertState {
  OPEN("open"),
  SEEN("seen"),
  ACKNOWLEDGED("acknowledged"),
  RESOLVED("resolved"),
  SNOOZED("snoozed"),
  RETRACTED("retracted"),
  /** The arbiter holds it back; {@link Alert#suppression()} says why. */
  SUPPRESSED("suppressed");

  private final String code;

  AlertState(String code) {
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
  public static AlertState of(String code) {
    return Codes.require(AlertState.class, AlertState::code, code);
  }
}
