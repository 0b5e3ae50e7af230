package io.nabz.api.store;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Builds the keys of the view database. Every key begins with the tenant and a zero byte, which no
 * tenant name contains; other texts carry their length, so that no text can reach into the next.
 */
final class Keys {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(48);

  private Keys() {}

  /** What belongs to the views themselves and to no tenant. */
  static Keys own(String name) {
    return of("").text(name);
  }

  static Keys of(String tenant) {
    Keys keys = new Keys();
    keys.bytes.writeBytes(tenant.getBytes(StandardCharsets.UTF_8));
    keys.bytes.write(0);
    return keys;
  }

  Keys text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(utf8.length).array());
    bytes.writeBytes(utf8);
    return this;
  }

  Keys code(char code) {
    bytes.write(code);
    return this;
  }

  /** A number of zero or more, in the order of its value. */
  Keys number(long number) {
    bytes.writeBytes(longBytes(number));
    return this;
  }

  byte[] done() {
    return bytes.toByteArray();
  }

  static byte[] longBytes(long number) {
    return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
  }

  static long firstLong(byte[] value) {
    return ByteBuffer.wrap(value).getLong();
  }

  /** The number that a key ends with. */
  static long lastLong(byte[] key) {
    return ByteBuffer.wrap(key, key.length - Long.BYTES, Long.BYTES).getLong();
  }

  /** A number further ahead: how many others, of the key's last ones, come behind it. */
  static long numberBefore(byte[] key, int behind) {
    return ByteBuffer.wrap(key).getLong(key.length - (behind + 1) * Long.BYTES);
  }

  /** The end of a prefix's range, excluded; the prefix must not end with 0xFF. */
  static byte[] after(byte[] prefix) {
    byte[] end = prefix.clone();
    end[end.length - 1]++;
    return end;
  }

  static boolean startsWith(byte[] key, byte[] prefix) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }
}
