package io.nabz.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** How much an alert or flag matters, in rising order. */
public enum Severity {
  INFO("info"),
  LOW("low"),
  MEDIUM("medium"),
  HIGH("high"),
  CRITICAL("critical");

  private final String code;

  Severity(String code) {
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
  public static Severity of(String code) {
    return Codes.require(Severity.class, Severity::code, code);
  }
}
