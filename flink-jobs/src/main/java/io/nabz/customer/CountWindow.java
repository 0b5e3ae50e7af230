package io.nabz.customer;

import java.time.Duration;

/** The windows over which contacts are counted, back from now, edges included. */
public enum CountWindow {
  HOUR("1h", Duration.ofHours(1)),
  DAY("24h", Duration.ofHours(24)),
  WEEK("7d", Duration.ofDays(7)),
  MONTH("30d", Duration.ofDays(30));

  private final String code;
  private final long millis;

  CountWindow(String code, Duration length) {
    this.code = code;
    this.millis = length.toMillis();
  }

  /** The name in the snapshot. */
  public String code() {
    return code;
  }

  public long millis() {
    return millis;
  }
}
