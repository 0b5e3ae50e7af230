package io.nabz.customer.state.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * The strings of one record, each written once however often it occurs: a field holds the number of
 * its word. They stand before the body, so that a field that is skipped takes no word with it.
 */
final class WordTable {
  static final int LATIN = 0;
  static final int UTF8 = 1;
  static final int UTF16 = 2;
  static final int HEX = 3;
  static final int KIND_BITS = 2;

  static final int UUID_CHARS = 36;

  /** A bit for each place of a UUID. */
  private static final long HYPHENS = 1L << 8 | 1L << 13 | 1L << 18 | 1L << 23;

  /** By character; -1 for what is no digit. */
  private static final byte[] DIGITS = digits();

  private static final int SLOTS = 1_024;

  /** What shorter ones would save is not worth the look. */
  private static final int MIN_HEX_CHARS = 8;

  /** With the words of the dictionary; zero for a free slot, otherwise one more than the place. */
  private static final int[] BEGINNING = beginning(SLOTS);

  private final Bytes bytes = new Bytes(1_024);
  private int[] slots = BEGINNING.clone();
  private String[] words = new String[64];
  private int count;

  Bytes bytes() {
    return bytes;
  }

  int count() {
    return count;
  }

  void reset() {
    bytes.size = 0;
    if (count == 0) {
      return;
    }
    Arrays.fill(words, 0, count, null);
    count = 0;
    if (slots.length == SLOTS) {
      System.arraycopy(BEGINNING, 0, slots, 0, SLOTS);
    } else {
      slots = BEGINNING.clone();
    }
  }

  /** 0 for null, odd for a word of the dictionary, even for one of the record. */
  int number(String word) {
    if (word == null) {
      return 0;
    }
    int at = slot(word.hashCode(), slots.length);
    while (slots[at] != 0) {
      int place = slots[at] - 1;
      if (place < Dictionary.SIZE) {
        if (Dictionary.WORDS[place].equals(word)) {
          return 2 * place + 1;
        }
      } else if (words[place - Dictionary.SIZE].equals(word)) {
        return 2 * (place - Dictionary.SIZE) + 2;
      }
      at = (at + 1) & (slots.length - 1);
    }
    add(word);
    slots[at] = Dictionary.SIZE + count;
    int number = 2 * count;
    if (2 * (Dictionary.SIZE + count) > slots.length) {
      grow();
    }
    return number;
  }

  private void add(String word) {
    if (count == words.length) {
      words = Arrays.copyOf(words, 2 * count);
    }
    words[count++] = word;
    if (!putHex(word) && !putLatin(word)) {
      putWide(word);
    }
  }

  private void grow() {
    slots = beginning(2 * slots.length);
    for (int i = 0; i < count; i++) {
      claim(slots, words[i], Dictionary.SIZE + i);
    }
  }

  private static int[] beginning(int size) {
    int[] slots = new int[size];
    for (int i = 0; i < Dictionary.SIZE; i++) {
      claim(slots, Dictionary.WORDS[i], i);
    }
    return slots;
  }

  private static void claim(int[] slots, String word, int place) {
    int at = slot(word.hashCode(), slots.length);
    while (slots[at] != 0) {
      at = (at + 1) & (slots.length - 1);
    }
    slots[at] = place + 1;
  }

  private static int slot(int hash, int size) {
    int mixed = hash * 0x9E3779B9;
    return (mixed ^ (mixed >>> 15)) & (size - 1);
  }

  private boolean putLatin(String word) {
    int length = word.length();
    int before = bytes.size;
    head(length, LATIN);
    bytes.room(length);
    byte[] data = bytes.data;
    int at = bytes.size;
    for (int i = 0; i < length; i++) {
      char c = word.charAt(i);
      if (c > 0xFF) {
        bytes.size = before;
        return false;
      }
      data[at++] = (byte) c;
    }
    bytes.size = at;
    return true;
  }

  private void putWide(String word) {
    if (isWhole(word)) {
      byte[] encoded = word.getBytes(UTF_8);
      head(encoded.length, UTF8);
      bytes.put(encoded, encoded.length);
      return;
    }
    int length = word.length();
    head(length, UTF16);
    bytes.room(2 * length);
    for (int i = 0; i < length; i++) {
      char c = word.charAt(i);
      bytes.data[bytes.size++] = (byte) (c >> 8);
      bytes.data[bytes.size++] = (byte) c;
    }
  }

  /** UTF-8 has no way to write half a surrogate pair, as a text cut at a length may end in. */
  private static boolean isWhole(String word) {
    int length = word.length();
    for (int i = 0; i < length; i++) {
      char c = word.charAt(i);
      if (Character.isSurrogate(c)) {
        if (Character.isLowSurrogate(c)
            || i + 1 == length
            || !Character.isLowSurrogate(word.charAt(i + 1))) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  private boolean putHex(String word) {
    int length = word.length();
    if (length < MIN_HEX_CHARS || (length & 1) != 0 || digit(word.charAt(0)) < 0) {
      return false;
    }
    int before = bytes.size;
    boolean uuid = length == UUID_CHARS && word.charAt(8) == '-';
    head(uuid ? 0 : length / 2, HEX);
    bytes.room(length / 2);
    byte[] data = bytes.data;
    int at = bytes.size;
    for (int i = 0; i < length; i += 2) {
      if (uuid && isHyphen(i)) {
        if (word.charAt(i) != '-') {
          bytes.size = before;
          return false;
        }
        i++;
      }
      int high = digit(word.charAt(i));
      int low = digit(word.charAt(i + 1));
      if ((high | low) < 0) {
        bytes.size = before;
        return false;
      }
      data[at++] = (byte) (high << 4 | low);
    }
    bytes.size = at;
    return true;
  }

  static boolean isHyphen(int place) {
    return (HYPHENS >>> place & 1) != 0;
  }

  private static int digit(char c) {
    return c < DIGITS.length ? DIGITS[c] : -1;
  }

  private static byte[] digits() {
    byte[] digits = new byte['f' + 1];
    Arrays.fill(digits, (byte) -1);
    for (int i = 0; i < 16; i++) {
      digits["0123456789abcdef".charAt(i)] = (byte) i;
    }
    return digits;
  }

  private void head(int length, int kind) {
    bytes.varint((long) length << KIND_BITS | kind);
  }
}
