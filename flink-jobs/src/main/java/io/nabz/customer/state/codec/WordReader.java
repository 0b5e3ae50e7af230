package io.nabz.customer.state.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.function.UnaryOperator;

/** The words of one record, each made a string when a field first asks for it. */
final class WordReader {
  private static final byte[] DIGITS = "0123456789abcdef".getBytes(ISO_8859_1);
  private static final int UUID_BYTES = 16;

  private final UnaryOperator<String> shared;
  private String[] words = new String[64];
  private int[] starts = new int[64];
  private int[] heads = new int[64];
  private int count;
  private byte[] data;

  /**
   * @param shared gives one object for equal words, or each as it is
   */
  WordReader(UnaryOperator<String> shared) {
    this.shared = shared;
  }

  /** So many words follow, each to be noted. */
  void open(byte[] bytes, int size) {
    if (size > heads.length) {
      int more = Math.max(size, 2 * heads.length);
      words = new String[more];
      starts = new int[more];
      heads = new int[more];
    }
    data = bytes;
    count = size;
  }

  /** Notes where a word is; returns how many bytes it has. */
  int note(int place, int head, int start) {
    heads[place] = head;
    starts[place] = start;
    int length = head >>> WordTable.KIND_BITS;
    return switch (kind(head)) {
      case WordTable.UTF16 -> Math.multiplyExact(2, length);
      case WordTable.HEX -> length == 0 ? UUID_BYTES : length;
      default -> length;
    };
  }

  String word(long number) {
    if (number == 0) {
      return null;
    }
    long place = (number - 1) >>> 1;
    if ((number & 1) == 1) {
      if (place >= Dictionary.SIZE) {
        throw new StateFormatException("it has word " + place + " of a newer dictionary");
      }
      return Dictionary.WORDS[(int) place];
    }
    if (number < 0 || place >= count) {
      throw new StateFormatException("it has " + count + " words and asks for " + place);
    }
    int at = (int) place;
    String word = words[at];
    if (word == null) {
      word = decode(heads[at], starts[at]);
      words[at] = word;
    }
    return word;
  }

  /** Lets go of what the record was made of. */
  void close() {
    Arrays.fill(words, 0, count, null);
    count = 0;
    data = null;
  }

  private String decode(int head, int start) {
    int length = head >>> WordTable.KIND_BITS;
    return switch (kind(head)) {
      case WordTable.LATIN -> shared.apply(new String(data, start, length, ISO_8859_1));
      case WordTable.UTF8 -> shared.apply(new String(data, start, length, UTF_8));
      case WordTable.UTF16 -> utf16(start, length);
      default -> length == 0 ? uuid(start) : hex(start, length);
    };
  }

  /** By hand, since Java's own decoder replaces half pairs. */
  private String utf16(int start, int length) {
    char[] chars = new char[length];
    for (int i = 0; i < length; i++) {
      chars[i] = (char) ((data[start + 2 * i] & 0xFF) << 8 | data[start + 2 * i + 1] & 0xFF);
    }
    return new String(chars);
  }

  private String hex(int start, int length) {
    byte[] chars = new byte[2 * length];
    for (int i = 0; i < length; i++) {
      int b = data[start + i];
      chars[2 * i] = DIGITS[b >> 4 & 15];
      chars[2 * i + 1] = DIGITS[b & 15];
    }
    return new String(chars, ISO_8859_1);
  }

  private String uuid(int start) {
    byte[] chars = new byte[WordTable.UUID_CHARS];
    int to = 0;
    for (int i = 0; i < UUID_BYTES; i++) {
      if (WordTable.isHyphen(to)) {
        chars[to++] = '-';
      }
      int b = data[start + i];
      chars[to++] = DIGITS[b >> 4 & 15];
      chars[to++] = DIGITS[b & 15];
    }
    return new String(chars, ISO_8859_1);
  }

  private static int kind(int head) {
    return head & ((1 << WordTable.KIND_BITS) - 1);
  }
}
