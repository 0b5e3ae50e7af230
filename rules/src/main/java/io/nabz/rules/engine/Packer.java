package io.nabz.rules.engine;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes small numbers in few bytes. */
final class Packer {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream(128);

  void unsigned(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out.write((int) (rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  void signed(long value) {
    unsigned((value << 1) ^ (value >> 63));
  }

  void fixed(long value) {
    for (int shift = 56; shift >= 0; shift -= 8) {
      out.write((int) (value >>> shift));
    }
  }

  void bytes(byte[] bytes) {
    unsigned(bytes.length);
    out.writeBytes(bytes);
  }

  /** A text that may be null. */
  void text(String text) {
    if (text == null) {
      unsigned(0);
      return;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    unsigned(bytes.length + 1L);
    out.writeBytes(bytes);
  }

  byte[] toBytes() {
    return out.toByteArray();
  }
}
