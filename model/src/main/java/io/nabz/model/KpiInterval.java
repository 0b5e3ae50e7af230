package io.nabz.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;

/** What a set of figures is about: a stretch of event time, or what holds now. */
public enum KpiInterval {
  NOW("now"),
  QUARTER("15m"),
  HOUR("1h"),
  DAY("1d");

  private static final long QUARTER_MS = Duration.ofMinutes(15).toMillis();

  private final String code;

  KpiInterval(String code) {
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
  public static KpiInterval of(String code) {
    return Codes.require(KpiInterval.class, KpiInterval::code, code);
  }

  /** The start of the quarter of an hour; every zone's hours and days are made of these. */
  public static long quarterOf(long epochMs) {
    return Math.floorDiv(epochMs, QUARTER_MS) * QUARTER_MS;
  }

  /** When the interval around the moment begins there, epoch milliseconds. */
  public long startOf(long epochMs, ZoneId zone) {
    return switch (this) {
      case NOW -> throw new IllegalStateException("now has no start");
      case QUARTER -> quarterOf(epochMs);
      case HOUR -> at(epochMs, zone).truncatedTo(ChronoUnit.HOURS).toInstant().toEpochMilli();
      case DAY -> at(epochMs, zone).truncatedTo(ChronoUnit.DAYS).toInstant().toEpochMilli();
    };
  }

  /** When the interval that begins then is over, epoch milliseconds. */
  public long endOf(long startMs, ZoneId zone) {
    return switch (this) {
      case NOW -> throw new IllegalStateException("now has no end");
      case QUARTER -> startMs + QUARTER_MS;
      case HOUR -> startMs + Duration.ofHours(1).toMillis();
      case DAY -> at(startMs, zone).plusDays(1).toInstant().toEpochMilli();
    };
  }

  private static ZonedDateTime at(long epochMs, ZoneId zone) {
    return Instant.ofEpochMilli(epochMs).atZone(zone);
  }
}
