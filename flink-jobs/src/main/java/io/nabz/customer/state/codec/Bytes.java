package io.nabz.customer.state.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A buffer that grows and is used again for each record. */
final class Bytes {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int MAX_VARINT = 10;

  byte[] data;
  int size;

  Bytes(int capacity) {
    data = new byte[capacity];
  }

  void room(int more) {
    if (data.length - size < more) {
      data = Arrays.copyOf(data, Math.max(2 * data.length, Math.addExact(size, more)));
    }
  }

  /** Seven bits a byte, the lowest first; every byte but the last has its highest bit set. */
  void varint(long value) {
    room(MAX_VARINT);
    if ((value & ~0x7FL) == 0) {
      data[size++] = (byte) value;
    } else {
      longVarint(value);
    }
  }

  private void longVarint(long value) {
    byte[] to = data;
    int at = size;
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      to[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    to[at++] = (byte) rest;
    size = at;
  }

  void fixed(long value) {
    room(Long.BYTES);
    LONG.set(data, size, value);
    size += Long.BYTES;
  }

  static long fixedAt(byte[] data, int at) {
    return (long) LONG.get(data, at);
  }

  void put(byte[] from, int length) {
    room(length);
    System.arraycopy(from, 0, data, size, length);
    size += length;
  }

  /**
   * Leaves one byte for a length, which is enough for most; returns where what it counts begins.
   */
  int beginLength() {
    room(1);
    return ++size;
  }

  /** Puts the length of what was written since, and makes room for a long one. */
  void endLength(int from) {
    int length = size - from;
    if (length < 0x80) {
      data[from - 1] = (byte) length;
      return;
    }
    int more = 0;
    for (int rest = length >>> 7; rest != 0; rest >>>= 7) {
      more++;
    }
    room(MAX_VARINT);
    System.arraycopy(data, from, data, from + more, length);
    size = from - 1;
    varint(length);
    size += length;
  }
}
