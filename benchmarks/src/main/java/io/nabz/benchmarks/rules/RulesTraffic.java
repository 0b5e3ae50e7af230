package io.nabz.benchmarks.rules;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.Serializable;
import java.time.Instant;

/**
 * Events by their number, the same in each run: evenly drawn customers and types.
 *
 * @param customers how many there are
 * @param perSecond how close together they happened, in their own time
 */
record RulesTraffic(int customers, int perSecond) implements Serializable {
  static final int TYPES = 12;
  static final int VALUES = 100;
  static final long START_MS = Instant.parse("2026-11-22T10:00:00Z").toEpochMilli();

  private static final long MS_A_SECOND = 1000;
  private static final String ID = "e-";
  private static final String PADDING =
      "main menu/2 my orders/1 where is my parcel/0 an agent ".repeat(4);

  static String type(int number) {
    return "bench.type_" + Math.floorMod(number, TYPES);
  }

  long timeMs(long number) {
    return START_MS + number * MS_A_SECOND / perSecond;
  }

  String customer(long number) {
    return "C-" + Math.floorMod(mixed(number), customers);
  }

  /** The number of the event that has the id. */
  static long number(String id) {
    return Long.parseLong(id, ID.length(), id.length(), 10);
  }

  /** Put together by hand: making events must not cost more than matching them. */
  byte[] event(long number) {
    long mixed = mixed(number ^ 0x5DEECE66DL);
    return new StringBuilder(512)
        .append("{\"specversion\": \"1.0\", \"id\": \"")
        .append(ID)
        .append(number)
        .append("\", \"source\": \"/bench\", \"type\": \"")
        .append(type((int) Math.floorMod(mixed, TYPES)))
        .append("\", \"time\": \"")
        .append(Instant.ofEpochMilli(timeMs(number)))
        .append("\", \"subject\": \"")
        .append(customer(number))
        .append("\", \"data\": {\"v\": ")
        .append(Math.floorMod(mixed >> 8, VALUES))
        .append(", \"contactId\": \"k-")
        .append(number % 1000)
        .append("\", \"path\": \"")
        .append(PADDING)
        .append("\"}}")
        .toString()
        .getBytes(ISO_8859_1);
  }

  private static long mixed(long number) {
    long hash = number * 0x9E3779B97F4A7C15L;
    hash ^= hash >>> 32;
    hash *= 0xD6E8FEB86659FD93L;
    return hash ^ hash >>> 32;
  }
}
