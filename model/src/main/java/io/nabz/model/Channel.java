package io.nabz.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Where a customer meets the company. */
public enum Channel {
  VOICE("voice"),
  CHAT("chat"),
  EMAIL("email"),
  SMS("sms"),
  SOCIAL("social"),
  VIDEO("video"),
  WEB("web"),
  APP("app"),
  BOT("bot"),
  IVR("ivr"),
  IN_PERSON("in_person");

  private final String code;

  Channel(String code) {
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
  public static Channel of(String code) {
    return Codes.require(Channel.class, Channel::code, code);
  }

  /** The channel of that name, or null for an unknown one: unknown values are kept, not refused. */
  public static Channel ofOrNull(String code) {
    return Codes.find(Channel.class, Channel::code, code);
  }
}
