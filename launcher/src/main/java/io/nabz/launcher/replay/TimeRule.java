package io.nabz.launcher.replay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;

/** How a row tells one time of it. */
interface TimeRule {
  /**
   * @throws BadRow when the columns hold no such time
   */
  Instant read(ObjectNode row);

  /** Seconds or milliseconds since 1970. */
  record Epoch(String column, boolean millis) implements TimeRule {
    @Override
    public Instant read(ObjectNode row) {
      try {
        long number = Long.parseLong(row.path(column).asText());
        return millis ? Instant.ofEpochMilli(number) : Instant.ofEpochSecond(number);
      } catch (NumberFormatException | DateTimeException e) {
        throw new BadRow("column " + column + " is not a time in epoch seconds or milliseconds");
      }
    }
  }

  /** RFC 3339. */
  record Rfc3339(String column) implements TimeRule {
    @Override
    public Instant read(ObjectNode row) {
      try {
        return OffsetDateTime.parse(row.path(column).asText()).toInstant();
      } catch (DateTimeException e) {
        throw new BadRow("column " + column + " is not an RFC 3339 time");
      }
    }
  }

  /** A local date and a local clock; the clock may run past 24:00. */
  record Calendar(String date, DateTimeFormatter format, String clock, ZoneId zone)
      implements TimeRule {
    @Override
    public Instant read(ObjectNode row) {
      try {
        LocalDate day = LocalDate.parse(row.path(date).asText(), format);
        return day.atStartOfDay().plusSeconds(seconds(row, clock)).atZone(zone).toInstant();
      } catch (DateTimeException e) {
        throw new BadRow("column " + date + " is not a date");
      }
    }
  }

  /**
   * A clock without a date: on the day that brings it nearest to another time of the row, and never
   * before that one. The nearest day, not "earlier means tomorrow", because clocks of two machines
   * differ: in the bank's recording a call leaves the IVR up to a minute before it enters it.
   *
   * @param unless when it holds the column says nothing and {@code otherwise} is the time
   */
  record Clock(String clock, TimeRule near, ZoneId zone, Condition unless, TimeRule otherwise)
      implements TimeRule {
    @Override
    public Instant read(ObjectNode row) {
      if (otherwise != null && unless.holds(row)) {
        return otherwise.read(row);
      }
      Instant reference = near.read(row);
      LocalDateTime sameDay =
          LocalDateTime.ofInstant(reference, zone)
              .toLocalDate()
              .atStartOfDay()
              .plusSeconds(seconds(row, clock));
      Instant best = null;
      for (int day = -1; day <= 1; day++) {
        Instant candidate = sameDay.plusDays(day).atZone(zone).toInstant();
        if (best == null || apart(candidate, reference) < apart(best, reference)) {
          best = candidate;
        }
      }
      return best.isBefore(reference) ? reference : best;
    }

    private static long apart(Instant a, Instant b) {
      return Math.abs(Duration.between(a, b).getSeconds());
    }
  }

  /** {@code 9:05:07} as seconds. */
  private static long seconds(ObjectNode row, String column) {
    String[] parts = row.path(column).asText().split(":", -1);
    try {
      if (parts.length == 3) {
        int hours = Integer.parseInt(parts[0]);
        int minutes = Integer.parseInt(parts[1]);
        int seconds = Integer.parseInt(parts[2]);
        boolean possible = hours >= 0 && hours < 48 && minutes >= 0 && minutes < 60;
        if (possible && seconds >= 0 && seconds < 60) {
          return hours * 3600L + minutes * 60L + seconds;
        }
      }
    } catch (NumberFormatException e) {
      // Said below, in the same words.
    }
    throw new BadRow("column " + column + " is not a time of day like 9:05:07");
  }

  /** A two-digit year is one of 1970 to 2069; Java's own reading would make 1999 a 2099. */
  static DateTimeFormatter dateFormat(Node node) {
    String pattern = node.text();
    try {
      if (pattern.startsWith("yy") && !pattern.startsWith("yyy")) {
        return new DateTimeFormatterBuilder()
            .appendValueReduced(ChronoField.YEAR, 2, 2, LocalDate.of(1970, 1, 1))
            .appendPattern(pattern.substring(2))
            .toFormatter(java.util.Locale.ROOT);
      }
      return DateTimeFormatter.ofPattern(pattern, java.util.Locale.ROOT);
    } catch (IllegalArgumentException e) {
      throw node.wrong("not a date pattern like yyyy-MM-dd");
    }
  }
}
