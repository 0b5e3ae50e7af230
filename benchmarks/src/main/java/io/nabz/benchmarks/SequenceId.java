package io.nabz.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * The harness's event ids, {@code b-<sequence>} padded so that they sort as they were sent, and
 * finding them in JSON without parsing it: the reader shares the machine with what it measures and
 * must cost little.
 */
final class SequenceId {
  private static final String PREFIX = "b-";

  private static final byte[] EVENT_ID = fieldPattern("eventId");

  private SequenceId() {}

  static String of(long sequence) {
    return PREFIX + "%010d".formatted(sequence);
  }

  /** The bytes before the digits of an id that stands as the value of the field. */
  static byte[] fieldPattern(String field) {
    return ('"' + field + "\":\"" + PREFIX).getBytes(US_ASCII);
  }

  /** The sequence of an id, or -1 when it is not one of ours. */
  static long parse(String eventId) {
    if (!eventId.startsWith(PREFIX)) {
      return -1;
    }
    byte[] digits = eventId.substring(PREFIX.length()).getBytes(US_ASCII);
    long sequence = digitsAt(digits, 0);
    return SequenceId.of(sequence).equals(eventId) ? sequence : -1;
  }

  /** The number whose digits begin at the index, or -1 when there are none. */
  static long digitsAt(byte[] json, int from) {
    long number = 0;
    int at = from;
    for (; at < json.length && json[at] >= '0' && json[at] <= '9'; at++) {
      number = number * 10 + (json[at] - '0');
    }
    return at == from ? -1 : number;
  }

  /** The sequence of the last event in an alert's evidence, or -1. */
  static long newestIn(byte[] alert) {
    long newest = -1;
    for (int at = endOf(EVENT_ID, alert, 0); at >= 0; at = endOf(EVENT_ID, alert, at)) {
      newest = digitsAt(alert, at);
    }
    return newest;
  }

  /** Where the pattern ends for the first time at or after the index, or -1. */
  static int endOf(byte[] pattern, byte[] json, int from) {
    int last = json.length - pattern.length;
    for (int at = from; at <= last; at++) {
      int matched = 0;
      while (matched < pattern.length && json[at + matched] == pattern[matched]) {
        matched++;
      }
      if (matched == pattern.length) {
        return at + matched;
      }
    }
    return -1;
  }
}
