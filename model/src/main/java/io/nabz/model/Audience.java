package io.nabz.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Whom an alert is for. */
public enum Audience {
  AGENT("agent"),
  SUPERVISOR("supervisor"),
  MARKETING("marketing");

  private final String code;

  Audience(String code) {
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
  public static Audience of(String code) {
    return Codes.require(Audience.class, Audience::code, code);
  }
}
