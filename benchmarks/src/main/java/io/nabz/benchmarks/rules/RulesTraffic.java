package io.nabz.benchmarks.rules;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Serializable;
import java.time.Instant;

/**
 * Events by their number, the same in each run: evenly drawn customers and types, a millisecond
 * apart.
 *
 * @param customers how many there are
 */
record RulesTraffic(int customers) implements Serializable {
  static final int TYPES = 12;
  static final int VALUES = 100;
  static final long START_MS = Instant.parse("2026-11-22T10:00:00Z").toEpochMilli();

  private static final String PADDING =
      "main menu/2 my orders/1 where is my parcel/0 an agent ".repeat(4);

  static String type(int number) {
    return "bench.type_" + Math.floorMod(number, TYPES);
  }

  long timeMs(long number) {
    return START_MS + number;
  }

  String customer(long number) {
    return "C-" + Math.floorMod(mixed(number), customers);
  }

  byte[] event(long number) {
    long mixed = mixed(number ^ 0x5DEECE66DL);
    return """
        {"specversion": "1.0", "id": "e-%d", "source": "/bench", "type": "%s", "time": "%s",\
         "subject": "%s", "data": {"v": %d, "contactId": "k-%d", "path": "%s"}}"""
        .formatted(
            number,
            type((int) Math.floorMod(mixed, TYPES)),
            Instant.ofEpochMilli(timeMs(number)),
            customer(number),
            Math.floorMod(mixed >> 8, VALUES),
            number % 1000,
            PADDING)
        .getBytes(UTF_8);
  }

  private static long mixed(long number) {
    long hash = number * 0x9E3779B97F4A7C15L;
    hash ^= hash >>> 32;
    hash *= 0xD6E8FEB86659FD93L;
    return hash ^ hash >>> 32;
  }
}
