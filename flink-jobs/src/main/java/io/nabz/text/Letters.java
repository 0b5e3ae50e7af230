package io.nabz.text;

import java.text.Normalizer;

/**
 * One table look-up a character: what kind it is and what it folds to, so that ي and ی, ك and ک, é
 * and e, ۵ and 5 are the same letter.
 */
final class Letters {
  static final byte OTHER = 0;
  static final byte PERSIAN = 1;
  static final byte LATIN = 2;
  static final byte DIGIT = 3;
  static final byte SPACE = 4;
  static final byte PUNCTUATION = 5;

  /** Carries no meaning inside a word: diacritics, ZWNJ, tatweel, bidi controls. */
  static final byte SILENT = 6;

  static final byte SYMBOL = 7;

  /** A letter of a script that we do not read. */
  static final byte FOREIGN = 8;

  private static final byte[] KIND = new byte[1 << 16];
  private static final char[] FOLD = new char[1 << 16];

  static {
    for (int c = 0; c < 1 << 16; c++) {
      FOLD[c] = (char) c;
      KIND[c] = kindOf((char) c);
      if (KIND[c] == PERSIAN || KIND[c] == LATIN) {
        FOLD[c] = fold((char) c);
        if (FOLD[c] == 0) {
          KIND[c] = SILENT;
        }
      } else if (KIND[c] == DIGIT) {
        FOLD[c] = (char) ('0' + Character.digit((char) c, 10));
      }
    }
  }

  private Letters() {}

  static byte kind(char c) {
    return KIND[c];
  }

  static char fold(int c) {
    return FOLD[c];
  }

  private static byte kindOf(char c) {
    if (Character.digit(c, 10) >= 0 && Character.isDigit(c)) {
      return DIGIT;
    }
    if (c == '\u200B') {
      return SPACE;
    }
    if ((c >= '\u2600' && c <= '\u27BF') || (c >= '\u2B00' && c <= '\u2BFF') || c == '\u2049') {
      return SYMBOL;
    }
    int type = Character.getType(c);
    if (c == '\u0640'
        || type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT) {
      return SILENT;
    }
    if (Character.isWhitespace(c) || Character.isSpaceChar(c) || type == Character.CONTROL) {
      return SPACE;
    }
    if (Character.isLetter(c)) {
      Character.UnicodeScript script = Character.UnicodeScript.of(c);
      if (script == Character.UnicodeScript.ARABIC) {
        return PERSIAN;
      }
      return script == Character.UnicodeScript.LATIN ? LATIN : FOREIGN;
    }
    if (type == Character.SURROGATE || type == Character.UNASSIGNED) {
      return OTHER;
    }
    return PUNCTUATION;
  }

  private static char fold(char c) {
    String plain = Normalizer.normalize(String.valueOf(c), Normalizer.Form.NFKD);
    if (plain.isEmpty()) {
      return c;
    }
    char base = Character.toLowerCase(plain.charAt(0));
    return switch (base) {
      case 'ي', 'ى', 'ے', 'ې', 'ۍ', 'ێ', 'ئ' -> 'ی';
      case 'ك', 'ڪ' -> 'ک';
      case 'ة', 'ۀ', 'ە', 'ھ', 'ہ', 'ۂ', 'ۃ' -> 'ه';
      case 'آ', 'أ', 'إ', 'ٱ' -> 'ا';
      case 'ؤ', 'ۆ', 'ۇ' -> 'و';
      case 'ء' -> 0;
      default -> base;
    };
  }
}
