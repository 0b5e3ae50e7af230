package io.nabz.customer.state.codec;

import java.util.List;
import java.util.Map;

/**
 * Writes the fields of one record after the other; a field that holds what a new object holds is
 * left out.
 */
final class FieldWriter {
  /** Writes the fields of one element. */
  interface Part<T> {
    void write(FieldWriter out, T value);
  }

  private final Bytes body = new Bytes(2_048);
  private final WordTable words = new WordTable();

  /** From which times are counted. */
  private long base;

  void begin() {
    body.size = 0;
    words.reset();
    base = 0;
  }

  Bytes body() {
    return body;
  }

  WordTable words() {
    return words;
  }

  /** No more fields of this record. */
  void end() {
    body.varint(0);
  }

  void number(int field, long value) {
    number(field, value, 0);
  }

  void number(int field, long value, long initially) {
    if (value != initially) {
      head(field, Wire.VARINT);
      body.varint(Wire.zigzag(value));
    }
  }

  void truth(int field, boolean value) {
    number(field, value ? 1 : 0);
  }

  void time(int field, long value) {
    time(field, value, 0);
  }

  void time(int field, long value, long initially) {
    if (value != initially) {
      head(field, Wire.VARINT);
      body.varint(Wire.zigzag(value - base));
    }
  }

  /** A time from which those that follow are counted, as far as the list or the record goes. */
  void base(int field, long value) {
    base(field, value, 0);
  }

  void base(int field, long value, long initially) {
    if (value != initially) {
      time(field, value, initially);
      base = value;
    }
  }

  void text(int field, String value) {
    if (value != null) {
      head(field, Wire.VARINT);
      body.varint(words.number(value));
    }
  }

  void real(int field, double value, double initially) {
    if (Wire.same(value, initially)) {
      return;
    }
    if (Wire.isMilli(value)) {
      head(field, Wire.VARINT);
      body.varint(Wire.zigzag(Wire.milli(value)));
    } else {
      head(field, Wire.FIXED);
      body.fixed(Double.doubleToRawLongBits(value));
    }
  }

  /** {@code null} initially. */
  void bytes(int field, byte[] value) {
    if (value != null) {
      head(field, Wire.LENGTH);
      body.varint(value.length);
      body.put(value, value.length);
    }
  }

  /** {@code null} initially. */
  void reals(int field, double[] values) {
    if (values == null) {
      return;
    }
    int from = open(field, values.length);
    for (double value : values) {
      if (Wire.isMilli(value)) {
        body.varint(Wire.zigzag(Wire.milli(value)) << 1);
      } else {
        body.varint(1);
        body.fixed(Double.doubleToRawLongBits(value));
      }
    }
    body.endLength(from);
  }

  /** {@code null} initially; the least number, which stands for none, takes one byte. */
  void offsets(int field, int[] values) {
    if (values == null) {
      return;
    }
    int from = open(field, values.length);
    for (int value : values) {
      body.varint(value == Integer.MIN_VALUE ? 0 : Wire.zigzag(value) + 1);
    }
    body.endLength(from);
  }

  /** Empty initially. */
  void counts(int field, int[] values) {
    if (isWritten(field, values, values == null ? 0 : values.length)) {
      int from = open(field, values.length);
      for (int value : values) {
        body.varint(Wire.zigzag(value));
      }
      body.endLength(from);
    }
  }

  /** Empty initially; short when they ascend. */
  void steps(int field, int[] values) {
    if (isWritten(field, values, values == null ? 0 : values.length)) {
      int from = open(field, values.length);
      long before = 0;
      for (int value : values) {
        body.varint(Wire.zigzag(value - before));
        before = value;
      }
      body.endLength(from);
    }
  }

  /** Empty initially; short when they ascend. */
  void steps(int field, long[] values) {
    steps(field, values, 0);
  }

  /** Empty initially; times, short when they ascend. */
  void times(int field, long[] values) {
    steps(field, values, base);
  }

  private void steps(int field, long[] values, long first) {
    if (isWritten(field, values, values == null ? 0 : values.length)) {
      int from = open(field, values.length);
      long before = first;
      for (long value : values) {
        body.varint(Wire.zigzag(value - before));
        before = value;
      }
      body.endLength(from);
    }
  }

  /** Empty initially; of the zeros at the end only how many there are. */
  void hashes(int field, long[] values) {
    if (isWritten(field, values, values == null ? 0 : values.length)) {
      int used = values.length;
      while (used > 0 && values[used - 1] == 0) {
        used--;
      }
      int from = open(field, used);
      body.varint(values.length - used);
      for (int i = 0; i < used; i++) {
        body.fixed(values[i]);
      }
      body.endLength(from);
    }
  }

  /** {@code null} initially. */
  <T> void record(int field, T value, Part<? super T> part) {
    if (value != null) {
      part(field, value, part);
    }
  }

  /** A new object initially. */
  <T> void ownRecord(int field, T value, Part<? super T> part) {
    if (value == null) {
      head(field, Wire.NULL);
      return;
    }
    int before = body.size;
    int from = part(field, value, part);
    if (body.size == from + 1) {
      body.size = before;
    }
  }

  private <T> int part(int field, T value, Part<? super T> part) {
    head(field, Wire.LENGTH);
    long outside = base;
    int from = body.beginLength();
    part.write(this, value);
    end();
    base = outside;
    body.endLength(from);
    return from;
  }

  /** {@code null} initially. */
  <T> void list(int field, List<T> values, Part<? super T> part) {
    if (values != null) {
      elements(field, values, part);
    }
  }

  /** Empty initially. */
  <T> void ownList(int field, List<T> values, Part<? super T> part) {
    if (isWritten(field, values, values == null ? 0 : values.size())) {
      elements(field, values, part);
    }
  }

  private <T> void elements(int field, List<T> values, Part<? super T> part) {
    long outside = base;
    int from = open(field, values.size());
    for (T value : values) {
      part.write(this, value);
      end();
    }
    base = outside;
    body.endLength(from);
  }

  /** {@code null} initially. */
  void texts(int field, List<String> values) {
    if (values != null) {
      int from = open(field, values.size());
      for (String value : values) {
        body.varint(words.number(value));
      }
      body.endLength(from);
    }
  }

  /** {@code null} initially. */
  <T> void map(int field, Map<String, T> values, Part<? super T> part) {
    if (values != null) {
      entries(field, values, part);
    }
  }

  /** Empty initially. */
  <T> void ownMap(int field, Map<String, T> values, Part<? super T> part) {
    if (isWritten(field, values, values == null ? 0 : values.size())) {
      entries(field, values, part);
    }
  }

  private <T> void entries(int field, Map<String, T> values, Part<? super T> part) {
    long outside = base;
    int from = open(field, values.size());
    for (Map.Entry<String, T> entry : values.entrySet()) {
      body.varint(words.number(entry.getKey()));
      part.write(this, entry.getValue());
      end();
    }
    base = outside;
    body.endLength(from);
  }

  /** Empty initially. */
  void ownTexts(int field, Map<String, String> values) {
    if (isWritten(field, values, values == null ? 0 : values.size())) {
      int from = open(field, values.size());
      for (Map.Entry<String, String> entry : values.entrySet()) {
        body.varint(words.number(entry.getKey()));
        body.varint(words.number(entry.getValue()));
      }
      body.endLength(from);
    }
  }

  /** {@code null} initially. */
  void timesByText(int field, Map<String, Long> values) {
    if (values != null) {
      int from = open(field, values.size());
      for (Map.Entry<String, Long> entry : values.entrySet()) {
        body.varint(words.number(entry.getKey()));
        body.varint(Wire.zigzag(entry.getValue() - base));
      }
      body.endLength(from);
    }
  }

  /** Whether there is something in it; one that is no more there is written as null. */
  private boolean isWritten(int field, Object value, int size) {
    if (value == null) {
      head(field, Wire.NULL);
    }
    return size > 0;
  }

  private int open(int field, int count) {
    head(field, Wire.LENGTH);
    int from = body.beginLength();
    body.varint(count);
    return from;
  }

  private void head(int field, int wire) {
    body.varint(field << Wire.BITS | wire);
  }
}
