package io.nabz.rules.engine;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;

/**
 * An event as all that rules remember of a customer have it in common: it is stored once, however
 * many matches it is part of.
 */
final class Occurrence {
  private static final int MAX_DELTA_AND_HASH_BYTES = 16;

  /** Those of one type stand together, so that the type is written once. */
  static final Comparator<Occurrence> ORDER = Occurrence::order;

  private final String type;
  private final long timeMs;
  private final long hash;

  /** Null as long as nobody has asked; of most that are stored nobody does. */
  private String id;

  /** Where the id is stored while it is null. */
  private byte[] bytes;

  private int from;
  private int length;

  /** Whether it is among those that are about to be written. */
  boolean noted;

  /** Its place among those that were written last. */
  int number;

  /**
   * @param hash of source and id
   */
  Occurrence(String type, long timeMs, long hash, String id) {
    this.type = type;
    this.timeMs = timeMs;
    this.hash = hash;
    this.id = id;
  }

  /** One whose id is read when it is asked for. */
  static Occurrence stored(
      String type, long timeMs, long hash, byte[] bytes, int from, int length) {
    Occurrence occurrence = new Occurrence(type, timeMs, hash, null);
    occurrence.bytes = bytes;
    occurrence.from = from;
    occurrence.length = length;
    return occurrence;
  }

  String type() {
    return type;
  }

  long timeMs() {
    return timeMs;
  }

  long hash() {
    return hash;
  }

  String id() {
    if (id == null) {
      id = new String(bytes, from, length, StandardCharsets.UTF_8);
      bytes = null;
    }
    return id;
  }

  /** How much it takes where it is stored, beside its type's name; roughly. */
  int bytes() {
    return MAX_DELTA_AND_HASH_BYTES + (id == null ? length : id.length());
  }

  void writeId(Packer out) {
    if (id != null) {
      out.bytes(id.getBytes(StandardCharsets.UTF_8));
    } else {
      out.bytes(bytes, from, length);
      from = out.size() - length;
    }
  }

  /** What was written last holds the id from now on, so that nobody holds what was before. */
  void storedIn(byte[] written) {
    if (id == null) {
      bytes = written;
    }
  }

  /** Ids are compared, and so read, only of what is most likely the same. */
  private static int order(Occurrence a, Occurrence b) {
    int order = a.type.compareTo(b.type);
    if (order == 0) {
      order = Long.compare(a.timeMs, b.timeMs);
    }
    if (order == 0) {
      order = Long.compare(a.hash, b.hash);
    }
    return order == 0 && a != b ? a.id().compareTo(b.id()) : order;
  }
}
