package io.nabz.rules.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes small numbers in few bytes. */
final class Packer {
  private static final int FIRST = 256;
  private static final int MAX_KEPT = 1 << 16;
  private static final int MAX_UNSIGNED_BYTES = 10;

  /** As {@link Unpacker} reads them. */
  static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private byte[] out = new byte[FIRST];
  private int size;

  void oneByte(int value) {
    reserve(1);
    out[size++] = (byte) value;
  }

  /** Writes over one byte that is there. */
  void setByte(int at, int value) {
    out[at] = (byte) value;
  }

  void unsigned(long value) {
    reserve(MAX_UNSIGNED_BYTES);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out[size++] = (byte) (rest & 0x7F | 0x80);
      rest >>>= 7;
    }
    out[size++] = (byte) rest;
  }

  void signed(long value) {
    unsigned((value << 1) ^ (value >> 63));
  }

  void fixed(long value) {
    reserve(Long.BYTES);
    LONGS.set(out, size, value);
    size += Long.BYTES;
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

  /** Bytes as they are. */
  void put(byte[] bytes, int from, int length) {
    reserve(length);
    System.arraycopy(bytes, from, out, size, length);
    size += length;
  }

  private void reserve(int more) {
    if (size + more > out.length) {
      out = Arrays.copyOf(out, Math.max(2 * size, size + more));
    }
  }
}
