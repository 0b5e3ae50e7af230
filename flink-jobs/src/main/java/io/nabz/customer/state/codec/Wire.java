package io.nabz.customer.state.codec;

/** How a value stands in the bytes, so that one of an unknown field can be skipped. */
final class Wire {
  static final int VARINT = 0;
  static final int FIXED = 1;
  static final int LENGTH = 2;
  static final int NULL = 3;

  /** Bits of a field's head that hold the wire type. */
  static final int BITS = 3;

  static final int MASK = (1 << BITS) - 1;

  /** Decimals up to so many thousandths are written as these, since a double holds them exactly. */
  private static final long MAX_MILLI = 1L << 50;

  private Wire() {}

  /** Small numbers of either sign become small numbers; any number comes back from it. */
  static long zigzag(long value) {
    return (value << 1) ^ (value >> 63);
  }

  static long unzigzag(long value) {
    return (value >>> 1) ^ -(value & 1);
  }

  /** Whether the number is exactly one of thousandths. */
  static boolean isMilli(double value) {
    long milli = milli(value);
    return milli < MAX_MILLI && milli > -MAX_MILLI && same(milli / 1_000.0, value);
  }

  static long milli(double value) {
    return (long) Math.rint(value * 1_000);
  }

  /** Bit by bit: -0.0 is not 0.0, and each NaN is itself. */
  static boolean same(double a, double b) {
    return Double.doubleToRawLongBits(a) == Double.doubleToRawLongBits(b);
  }
}
