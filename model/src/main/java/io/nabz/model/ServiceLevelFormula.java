package io.nabz.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The three usual ways to state which share of contacts was answered in time. */
public enum ServiceLevelFormula {
  /** Answered within the target, of all offered. */
  OF_OFFERED("of-offered"),
  /** Answered within the target, of those offered that did not hang up at once. */
  WITHOUT_SHORT_ABANDONS("without-short-abandons"),
  /** Answered or abandoned within the target, of all offered. */
  ABANDONED_WITHIN_COUNT("abandoned-within-count");

  private final String code;

  ServiceLevelFormula(String code) {
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
  public static ServiceLevelFormula of(String code) {
    return Codes.require(ServiceLevelFormula.class, ServiceLevelFormula::code, code);
  }

  /**
   * The service level, 0 to 1, or null when nothing was offered.
   *
   * @param offered answered plus abandoned in the queue
   */
  public Double level(
      long offered, long shortAbandoned, long answeredWithin, long abandonedWithin) {
    long of = this == WITHOUT_SHORT_ABANDONS ? offered - shortAbandoned : offered;
    long within =
        this == ABANDONED_WITHIN_COUNT ? answeredWithin + abandonedWithin : answeredWithin;
    return of <= 0 ? null : (double) within / of;
  }
}
