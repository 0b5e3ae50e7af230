package io.nabz.customer.state.codec;

import io.nabz.customer.state.CustomerState;
import java.io.ByteArrayInputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * Writes customers and reads them; the format is that of this package. One instance uses its
 * buffers again and again: it is for one thread.
 */
public final class CustomerStateCodec {
  /** Stands first. Another one is another format, which must then read this one too. */
  static final int VERSION = 1;

  /** No customer takes a hundredth of it: a length beyond is no length. */
  private static final int MAX_BYTES = 64 * 1024 * 1024;

  private final FieldWriter writer = new FieldWriter();
  private final FieldReader reader;

  /** A whole record, put together before it is written or after it was read. */
  private final Bytes record = new Bytes(4_096);

  public CustomerStateCodec() {
    this(UnaryOperator.identity());
  }

  /**
   * @param shared gives one object for equal words, of whatever record
   */
  public CustomerStateCodec(UnaryOperator<String> shared) {
    reader = new FieldReader(shared);
  }

  public void write(CustomerState state, DataOutput out) throws IOException {
    assemble(state);
    out.write(record.data, 0, record.size);
  }

  public CustomerState read(DataInput in) throws IOException {
    int from = take(in);
    return decode(record.data, from, record.size);
  }

  /** Hands on one record as it is. */
  public void pass(DataInput in, DataOutput out) throws IOException {
    take(in);
    out.write(record.data, 0, record.size);
  }

  public byte[] toBytes(CustomerState state) {
    assemble(state);
    return Arrays.copyOf(record.data, record.size);
  }

  /**
   * @throws StateFormatException when the bytes are not one whole record
   */
  public CustomerState fromBytes(byte[] bytes) {
    ByteArrayInputStream in = new ByteArrayInputStream(bytes);
    try {
      CustomerState state = read(new DataInputStream(in));
      if (in.available() > 0) {
        throw new StateFormatException(in.available() + " bytes follow it");
      }
      return state;
    } catch (IOException e) {
      throw new UncheckedIOException("an array was read", e);
    }
  }

  /** A state of its own with the same content. */
  public CustomerState copy(CustomerState state) {
    int from = assemble(state);
    return decode(record.data, from, record.size);
  }

  /** Makes the record; returns where its words begin. */
  private int assemble(CustomerState state) {
    writer.begin();
    CustomerFields.write(writer, state);
    writer.end();
    Bytes words = writer.words().bytes();
    Bytes body = writer.body();
    int count = writer.words().count();
    record.size = 0;
    record.varint(VERSION);
    record.varint(sizeOf(count) + (long) words.size + body.size);
    int from = record.size;
    record.varint(count);
    record.put(words.data, words.size);
    record.put(body.data, body.size);
    return from;
  }

  /** Reads one record as it is; returns where its words begin. */
  private int take(DataInput in) throws IOException {
    try {
      return takeWhole(in);
    } catch (EOFException e) {
      throw new StateFormatException("it ends too early");
    }
  }

  private int takeWhole(DataInput in) throws IOException {
    byte version = in.readByte();
    if (version != VERSION) {
      throw new StateFormatException(
          "its format is " + version + ", but only format " + VERSION + " is known");
    }
    long length = 0;
    int shift = 0;
    byte b;
    do {
      b = in.readByte();
      length |= (b & 0x7FL) << shift;
      shift += 7;
    } while (b < 0 && shift <= 28);
    if (b < 0 || length > MAX_BYTES) {
      throw new StateFormatException("its length cannot be " + length);
    }
    record.size = 0;
    record.varint(VERSION);
    record.varint(length);
    int from = record.size;
    record.room((int) length);
    in.readFully(record.data, from, (int) length);
    record.size = from + (int) length;
    return from;
  }

  private CustomerState decode(byte[] data, int from, int to) {
    try {
      reader.begin(data, from, to);
      CustomerState state = CustomerFields.read(reader);
      reader.end();
      return state;
    } finally {
      reader.close();
    }
  }

  private static int sizeOf(int number) {
    int size = 1;
    for (int rest = number >>> 7; rest != 0; rest >>>= 7) {
      size++;
    }
    return size;
  }
}
