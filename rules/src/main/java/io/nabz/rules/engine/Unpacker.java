package io.nabz.rules.engine;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads what {@link Packer} wrote. */
final class Unpacker {
  private final byte[] bytes;
  private int at;

  Unpacker(byte[] bytes) {
    this(bytes, 0);
  }

  Unpacker(byte[] bytes, int from) {
    this.bytes = bytes;
    this.at = from;
  }

  /** Where it stands. */
  int at() {
    return at;
  }

  boolean hasMore() {
    return at < bytes.length;
  }

  long unsigned() {
    long value = bytes[at++];
    if (value >= 0) {
      return value;
    }
    value &= 0x7F;
    for (int shift = 7; ; shift += 7) {
      byte b = bytes[at++];
      value |= (long) (b & 0x7F) << shift;
      if (b >= 0) {
        return value;
      }
    }
  }

  int count() {
    return Math.toIntExact(unsigned());
  }

  long signed() {
    long value = unsigned();
    return (value >>> 1) ^ -(value & 1);
  }

  long fixed() {
    at += Long.BYTES;
    return (long) Packer.LONGS.get(bytes, at - Long.BYTES);
  }

  byte[] bytes() {
    int length = count();
    at += length;
    return Arrays.copyOfRange(bytes, at - length, at);
  }

  void skip(int count) {
    at += count;
  }

  /** Passes over what {@link #bytes} would read; says how many that are. */
  int skipBytes() {
    int length = count();
    at += length;
    return length;
  }

  String text() {
    int length = count() - 1;
    if (length < 0) {
      return null;
    }
    at += length;
    return new String(bytes, at - length, length, StandardCharsets.UTF_8);
  }
}
