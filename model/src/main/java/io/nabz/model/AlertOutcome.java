package io.nabz.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** What an alert was worth to the one who resolved it. */
public enum AlertOutcome {
  HELPED("helped"),
  NOT_RELEVANT("not_relevant"),
  WRONG("wrong"),
  NO_TIME("no_time");

  private final String code;

  AlertOutcome(String code) {
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
  public static AlertOutcome of(String code) {
    return Codes.require(AlertOutcome.class, AlertOutcome::code, code);
  }
}
