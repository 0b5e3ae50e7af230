package io.nabz.launcher.asterisk;

import static java.util.Objects.requireNonNull;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;

/**
 * One line of {@code queue_log}: {@code time|callid|queue|agent|event|data...}. The time is epoch
 * seconds, or local date and time where the log comes out of a database.
 *
 * @param at of the second, or finer where the log says more
 * @param call Asterisk's unique id; null without one
 * @param queue null without one
 * @param agent without its technology ({@code SIP/}, {@code Agent/}); null without one
 */
record QueueLogLine(
    Instant at, String call, String queue, String agent, String event, List<String> data) {
  private static final int FIXED = 5;
  private static final String NONE = "NONE";

  QueueLogLine {
    requireNonNull(at, "at is null");
    requireNonNull(event, "event is null");
    data = List.copyOf(data);
  }

  /**
   * Reads a line; null when it is none.
   *
   * @param zone of times that are no epoch seconds
   */
  static QueueLogLine parse(String text, ZoneId zone) {
    String[] parts = text.strip().split("\\|", -1);
    if (parts.length < FIXED || parts[4].isBlank()) {
      return null;
    }
    Instant at = time(parts[0], zone);
    return at == null
        ? null
        : new QueueLogLine(
            at,
            value(parts[1]),
            value(parts[2]),
            agent(parts[3]),
            parts[4],
            Arrays.asList(parts).subList(FIXED, parts.length));
  }

  /** The value at a place; null when there is none. */
  String data(int place) {
    return place < data.size() && !data.get(place).isBlank() ? data.get(place).strip() : null;
  }

  /** The value at a place in seconds; null when it is no number. */
  Integer seconds(int place) {
    try {
      String value = data(place);
      return value == null ? null : Math.max(0, Integer.parseInt(value));
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static Instant time(String text, ZoneId zone) {
    try {
      if (text.indexOf('-') < 0) {
        int dot = text.indexOf('.');
        long seconds = Long.parseLong(dot < 0 ? text : text.substring(0, dot));
        return Instant.ofEpochSecond(seconds);
      }
      return LocalDateTime.parse(text.strip().replace(' ', 'T')).atZone(zone).toInstant();
    } catch (NumberFormatException | DateTimeException e) {
      return null;
    }
  }

  private static String value(String text) {
    return text.isBlank() || text.equals(NONE) ? null : text.strip();
  }

  /** A member as the log names it, without its technology; null without one. */
  static String agent(String text) {
    String agent = text == null ? null : value(text);
    return agent == null ? null : agent.substring(agent.indexOf('/') + 1);
  }
}
