package io.nabz.model;

import static java.util.Objects.requireNonNull;

/**
 * Why an event cannot be used, for the sender and for the dead letters.
 *
 * @param detail one sentence that says what to send; holds no value of the event, since those may
 *     be personal
 */
public record Refusal(Reason reason, String detail) {
  /** The kinds of refusal, by the code in the dead letter's headers. */
  public enum Reason {
    NOT_JSON("not-json"),
    NOT_AN_EVENT("not-an-event"),
    NO_TYPE("no-type"),
    NO_TIME("no-time"),
    NO_CUSTOMER("no-customer"),
    FUTURE_TIME("future-time"),
    TOO_LARGE("too-large"),
    BAD_DATA("bad-data");

    private final String code;

    Reason(String code) {
      this.code = code;
    }

    public String code() {
      return code;
    }
  }

  public Refusal {
    requireNonNull(reason, "reason is null");
    requireNonNull(detail, "detail is null");
  }
}
