package io.nabz.rules.engine;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes small numbers in few bytes. */
final class Packer {
  private static final int FIRST = 256;
  private static final int MAX_KEPT = 1 << 16;

  private byte[] out = new byte[FIRST];
  private int size;

  void oneByte(int value) {
    if (size == out.length) {
      out = Arrays.copyOf(out, 2 * size);
    }
    out[size++] = (byte) value;
  }

  void unsigned(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      oneByte((int) (rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    oneByte((int) rest);
  }

  void signed(long value) {
    unsigned((value << 1) ^ (value >> 63));
  }

  void fixed(long value) {
    for (int shift = 56; shift >= 0; shift -= 8) {
      oneByte((int) (value >>> shift));
    }
  }

  void bytes(byte[] bytes) {
    bytes(bytes, 0, bytes.length);
  }

  /** Some bytes of an array, with their number before them. */
  void bytes(byte[] bytes, int from, int length) {
    unsigned(length);
    put(bytes, from, length);
  }

  /** Some of what another one holds. */
  void bytes(Packer other, int from, int length) {
    bytes(other.out, from, length);
  }

  /** A text that may be null. */
  void text(String text) {
    if (text == null) {
      unsigned(0);
      return;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    unsigned(bytes.length + 1L);
    put(bytes, 0, bytes.length);
  }

  int size() {
    return size;
  }

  /** To be used anew. One that has grown large is let go. */
  void clear() {
    size = 0;
    if (out.length > MAX_KEPT) {
      out = new byte[FIRST];
    }
  }

  byte[] toBytes() {
    return Arrays.copyOf(out, size);
  }

  private void put(byte[] bytes, int from, int length) {
    if (size + length > out.length) {
      out = Arrays.copyOf(out, Math.max(2 * size, size + length));
    }
    System.arraycopy(bytes, from, out, size, length);
    size += length;
  }
}
