package io.nabz.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Hashes that are the same on every machine and in every run: ids built on them survive a replay.
 */
public final class StableHash {
  private static final byte[] BASE32 =
      "abcdefghijklmnopqrstuvwxyz234567".getBytes(StandardCharsets.US_ASCII);
  private static final int ID_BYTES = 15;

  /** To be copied, since looking one up takes as long as to digest an id. */
  private static final MessageDigest SHA_256 = sha256();

  private StableHash() {}

  /**
   * A 120-bit id of the parts, 24 characters of base 32. Parts are length-prefixed, so that moving
   * a character from one part to the next gives another id.
   */
  public static String id(String... parts) {
    byte[][] encoded = new byte[parts.length][];
    int length = 0;
    for (int i = 0; i < parts.length; i++) {
      encoded[i] = parts[i].getBytes(StandardCharsets.UTF_8);
      length += Integer.BYTES + encoded[i].length;
    }
    ByteBuffer all = ByteBuffer.allocate(length);
    for (byte[] part : encoded) {
      all.putInt(part.length).put(part);
    }
    return base32(copyOfSha256().digest(all.array()));
  }

  /**
   * A 64-bit hash of a pair, for sets where one false "seen" in 10^13 is acceptable (FNV-1a,
   * mixed).
   */
  public static long pair(String first, String second) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < first.length(); i++) {
      hash = (hash ^ first.charAt(i)) * 0x100000001b3L;
    }
    hash = (hash ^ 0xFFFF) * 0x100000001b3L;
    for (int i = 0; i < second.length(); i++) {
      hash = (hash ^ second.charAt(i)) * 0x100000001b3L;
    }
    // FNV's high bits mix poorly; the finaliser is that of MurmurHash3.
    hash ^= hash >>> 33;
    hash *= 0xff51afd7ed558ccdL;
    hash ^= hash >>> 33;
    return hash;
  }

  private static String base32(byte[] bytes) {
    byte[] text = new byte[ID_BYTES * Byte.SIZE / 5];
    int size = 0;
    int buffer = 0;
    int bits = 0;
    for (int i = 0; i < ID_BYTES; i++) {
      buffer = (buffer << 8) | (bytes[i] & 0xFF);
      bits += 8;
      while (bits >= 5) {
        bits -= 5;
        text[size++] = BASE32[(buffer >>> bits) & 31];
      }
    }
    return new String(text, StandardCharsets.US_ASCII);
  }

  private static MessageDigest copyOfSha256() {
    try {
      return (MessageDigest) SHA_256.clone();
    } catch (CloneNotSupportedException e) {
      throw new AssertionError("Java's own digests can be copied", e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
