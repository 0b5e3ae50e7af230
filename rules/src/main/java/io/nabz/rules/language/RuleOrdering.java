package io.nabz.rules.language;

/** When an event is matched. */
public enum RuleOrdering {
  /** At once, as it arrives. */
  ARRIVAL("arrival"),
  /** In the order of event times, once the watermark has passed. */
  EVENT_TIME("eventTime");

  private final String code;

  RuleOrdering(String code) {
    this.code = code;
  }

  public String code() {
    return code;
  }
}
