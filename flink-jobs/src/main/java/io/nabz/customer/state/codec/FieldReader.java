package io.nabz.customer.state.codec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Reads what {@link FieldWriter} writes, and nothing beyond the end of it. */
final class FieldReader {
  /** Reads the fields of one element up to their end. */
  interface Part<T> {
    T read(FieldReader in);
  }

  /** More zeros than this at the end of hashes are no state of ours. */
  private static final int MAX_UNUSED = 1 << 16;

  private final WordReader words;

  private byte[] data;
  private int at;
  private int limit;
  private long base;
  private int wire;

  FieldReader(UnaryOperator<String> shared) {
    words = new WordReader(shared);
  }

  /** Reads the words; the body's fields follow. */
  void begin(byte[] bytes, int from, int to) {
    data = bytes;
    at = from;
    limit = to;
    base = 0;
    int count = count(1);
    words.open(bytes, count);
    for (int i = 0; i < count; i++) {
      long head = varint();
      if (head < 0 || head > Integer.MAX_VALUE) {
        throw new StateFormatException("a word has the head " + head);
      }
      int length = words.note(i, (int) head, at);
      require(length);
      at += length;
    }
  }

  /** All was read. */
  void end() {
    if (at != limit) {
      throw new StateFormatException(limit - at + " bytes are left over");
    }
    close();
  }

  /** Holds on to nothing. */
  void close() {
    words.close();
    data = null;
  }

  /** Number of the next field, or zero after the record's last. */
  int next() {
    long head = varint();
    wire = (int) head & Wire.MASK;
    long field = head >>> Wire.BITS;
    if (field == 0 ? wire != 0 : field > Integer.MAX_VALUE) {
      throw new StateFormatException("no field begins with " + head);
    }
    return (int) field;
  }

  /** Passes over a field that is not known here. */
  void skip() {
    switch (wire) {
      case Wire.VARINT -> varint();
      case Wire.FIXED -> fixed();
      case Wire.LENGTH -> {
        int length = length();
        at += length;
      }
      case Wire.NULL -> {}
      default -> throw new StateFormatException("there is no wire type " + wire);
    }
  }

  long number() {
    expect(Wire.VARINT);
    return Wire.unzigzag(varint());
  }

  int smallNumber() {
    return small(number());
  }

  boolean truth() {
    return number() != 0;
  }

  long time() {
    return number() + base;
  }

  long base() {
    base = time();
    return base;
  }

  String text() {
    expect(Wire.VARINT);
    return words.word(varint());
  }

  double real() {
    if (wire == Wire.FIXED) {
      return Double.longBitsToDouble(fixed());
    }
    return number() / 1_000.0;
  }

  byte[] bytes() {
    expect(Wire.LENGTH);
    int length = length();
    byte[] value = new byte[length];
    System.arraycopy(data, at, value, 0, length);
    at += length;
    return value;
  }

  double[] reals() {
    int outside = open();
    double[] values = new double[count(1)];
    for (int i = 0; i < values.length; i++) {
      long value = varint();
      values[i] =
          (value & 1) == 1
              ? Double.longBitsToDouble(fixed())
              : Wire.unzigzag(value >>> 1) / 1_000.0;
    }
    close(outside);
    return values;
  }

  int[] offsets() {
    int outside = open();
    int[] values = new int[count(1)];
    for (int i = 0; i < values.length; i++) {
      long value = varint();
      values[i] = value == 0 ? Integer.MIN_VALUE : small(Wire.unzigzag(value - 1));
    }
    close(outside);
    return values;
  }

  int[] counts() {
    if (wire == Wire.NULL) {
      return null;
    }
    int outside = open();
    int[] values = new int[count(1)];
    for (int i = 0; i < values.length; i++) {
      values[i] = small(Wire.unzigzag(varint()));
    }
    close(outside);
    return values;
  }

  int[] smallSteps() {
    if (wire == Wire.NULL) {
      return null;
    }
    int outside = open();
    int[] values = new int[count(1)];
    long before = 0;
    for (int i = 0; i < values.length; i++) {
      before += Wire.unzigzag(varint());
      values[i] = small(before);
    }
    close(outside);
    return values;
  }

  long[] steps() {
    return steps(0);
  }

  long[] times() {
    return steps(base);
  }

  private long[] steps(long first) {
    if (wire == Wire.NULL) {
      return null;
    }
    int outside = open();
    long[] values = new long[count(1)];
    long before = first;
    for (int i = 0; i < values.length; i++) {
      before += Wire.unzigzag(varint());
      values[i] = before;
    }
    close(outside);
    return values;
  }

  long[] hashes() {
    if (wire == Wire.NULL) {
      return null;
    }
    int outside = open();
    int used = count(Long.BYTES);
    long unused = varint();
    if (unused < 0 || unused > MAX_UNUSED) {
      throw new StateFormatException(unused + " places are said to be unused");
    }
    long[] values = new long[used + (int) unused];
    for (int i = 0; i < used; i++) {
      values[i] = fixed();
    }
    close(outside);
    return values;
  }

  <T> T record(Part<T> part) {
    if (wire == Wire.NULL) {
      return null;
    }
    long before = base;
    int outside = open();
    T value = part.read(this);
    close(outside);
    base = before;
    return value;
  }

  <T> List<T> list(Part<T> part) {
    if (wire == Wire.NULL) {
      return null;
    }
    long before = base;
    int outside = open();
    int count = count(1);
    List<T> values = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      values.add(part.read(this));
    }
    close(outside);
    base = before;
    return values;
  }

  List<String> texts() {
    int outside = open();
    int count = count(1);
    List<String> values = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      values.add(words.word(varint()));
    }
    close(outside);
    return values;
  }

  <T> Map<String, T> map(Part<T> part) {
    if (wire == Wire.NULL) {
      return null;
    }
    long before = base;
    int outside = open();
    int count = count(2);
    Map<String, T> values = new HashMap<>(capacity(count));
    for (int i = 0; i < count; i++) {
      values.put(words.word(varint()), part.read(this));
    }
    close(outside);
    base = before;
    return values;
  }

  Map<String, String> textsByText() {
    if (wire == Wire.NULL) {
      return null;
    }
    int outside = open();
    int count = count(2);
    Map<String, String> values = new HashMap<>(capacity(count));
    for (int i = 0; i < count; i++) {
      values.put(words.word(varint()), words.word(varint()));
    }
    close(outside);
    return values;
  }

  Map<String, Long> timesByText() {
    int outside = open();
    int count = count(2);
    Map<String, Long> values = new HashMap<>(capacity(count));
    for (int i = 0; i < count; i++) {
      values.put(words.word(varint()), Wire.unzigzag(varint()) + base);
    }
    close(outside);
    return values;
  }

  private static int capacity(int count) {
    return Math.max(4, count * 4 / 3 + 1);
  }

  /** Narrows to the bytes of this value; returns the former end. */
  private int open() {
    expect(Wire.LENGTH);
    int outside = limit;
    int length = length();
    limit = at + length;
    return outside;
  }

  private void close(int outside) {
    if (at != limit) {
      throw new StateFormatException(limit - at + " bytes are left over in a field");
    }
    limit = outside;
  }

  private void expect(int expected) {
    if (wire != expected) {
      throw new StateFormatException("a field has wire type " + wire + " instead of " + expected);
    }
  }

  private int length() {
    return count(1);
  }

  /** How many elements follow, of which each takes at least so many bytes. */
  private int count(int bytesEach) {
    long count = varint();
    if (count < 0 || count > (limit - at) / bytesEach) {
      throw new StateFormatException(count + " elements or bytes are said to follow, but less do");
    }
    return (int) count;
  }

  private static int small(long number) {
    if (number != (int) number) {
      throw new StateFormatException(number + " stands where only a small number can");
    }
    return (int) number;
  }

  private long varint() {
    int here = at;
    if (here < limit && data[here] >= 0) {
      at = here + 1;
      return data[here];
    }
    return longVarint();
  }

  private long longVarint() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      require(1);
      byte b = data[at++];
      value |= (b & 0x7FL) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw new StateFormatException("a number has no end");
  }

  private long fixed() {
    require(Long.BYTES);
    long value = Bytes.fixedAt(data, at);
    at += Long.BYTES;
    return value;
  }

  private void require(int more) {
    if (limit - at < more) {
      throw new StateFormatException("it ends too early");
    }
  }
}
