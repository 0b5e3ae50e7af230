package io.nabz.rules.engine;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes small numbers in few bytes. */
final class Packer {
  private byte[] out = new byte[256];
  private int size;

  void unsigned(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      put((int) (rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    put((int) rest);
  }

  void signed(long value) {
    unsigned((value << 1) ^ (value >> 63));
  }

  void fixed(long value) {
    for (int shift = 56; shift >= 0; shift -= 8) {
      put((int) (value >>> shift));
    }
  }

  void bytes(byte[] bytes) {
    unsigned(bytes.length);
    put(bytes);
  }

  /** A text that may be null. */
  void text(String text) {
    if (text == null) {
      unsigned(0);
      return;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    unsigned(bytes.length + 1L);
    put(bytes);
  }

  int size() {
    return size;
  }

  byte[] toBytes() {
    return Arrays.copyOf(out, size);
  }

  private void put(int oneByte) {
    if (size == out.length) {
      out = Arrays.copyOf(out, 2 * size);
    }
    out[size++] = (byte) oneByte;
  }

  private void put(byte[] bytes) {
    if (size + bytes.length > out.length) {
      out = Arrays.copyOf(out, Math.max(2 * size, size + bytes.length));
    }
    System.arraycopy(bytes, 0, out, size, bytes.length);
    size += bytes.length;
  }
}
