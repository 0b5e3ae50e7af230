package io.nabz.api.search;

import io.nabz.model.Digits;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Brings the ways of writing a name to one form: Arabic letters to the Persian ones, digits to
 * Latin ones, without vowel signs, accents and joiners. The skeleton of a word, its consonants in
 * Latin letters, is the same for سارا and Sara; it finds more than it should, so it ranks lower.
 */
public final class Names {
  private static final Map<Character, String> LETTERS =
      Map.ofEntries(
          Map.entry('ي', "ی"),
          Map.entry('ى', "ی"),
          Map.entry('ئ', "ی"),
          Map.entry('ك', "ک"),
          Map.entry('ة', "ه"),
          Map.entry('ۀ', "ه"),
          Map.entry('أ', "ا"),
          Map.entry('إ', "ا"),
          Map.entry('آ', "ا"),
          Map.entry('ٱ', "ا"),
          Map.entry('ؤ', "و"));

  /** Letters that sound alike in Persian share one; vowels and what may be one are left out. */
  private static final Map<Character, String> CONSONANTS =
      Map.ofEntries(
          Map.entry('ب', "b"),
          Map.entry('پ', "p"),
          Map.entry('ت', "t"),
          Map.entry('ط', "t"),
          Map.entry('ث', "s"),
          Map.entry('س', "s"),
          Map.entry('ص', "s"),
          Map.entry('ج', "j"),
          Map.entry('چ', "c"),
          Map.entry('ح', "h"),
          Map.entry('ه', "h"),
          Map.entry('خ', "k"),
          Map.entry('د', "d"),
          Map.entry('ذ', "z"),
          Map.entry('ز', "z"),
          Map.entry('ض', "z"),
          Map.entry('ظ', "z"),
          Map.entry('ژ', "z"),
          Map.entry('ر', "r"),
          Map.entry('ش', "x"),
          Map.entry('غ', "g"),
          Map.entry('ق', "g"),
          Map.entry('ف', "f"),
          Map.entry('ک', "k"),
          Map.entry('گ', "g"),
          Map.entry('ل', "l"),
          Map.entry('م', "m"),
          Map.entry('ن', "n"));

  private static final List<Map.Entry<String, String>> LATIN_PAIRS =
      List.of(
          Map.entry("sh", "x"),
          Map.entry("ch", "c"),
          Map.entry("kh", "k"),
          Map.entry("gh", "g"),
          Map.entry("zh", "z"),
          Map.entry("ph", "f"),
          Map.entry("th", "t"),
          Map.entry("q", "g"),
          Map.entry("c", "k"));

  private Names() {}

  /** The words of a text, each in its one form. */
  public static List<String> words(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    String composed = Normalizer.normalize(Digits.toLatin(text), Normalizer.Form.NFC);
    for (char c : composed.toCharArray()) {
      plain.append(LETTERS.getOrDefault(c, String.valueOf(c)));
    }
    String decomposed = Normalizer.normalize(plain, Normalizer.Form.NFKD);
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    for (int c : decomposed.toLowerCase(Locale.ROOT).codePoints().toArray()) {
      if (Character.isLetterOrDigit(c)) {
        word.appendCodePoint(c);
      } else if (Character.getType(c) != Character.NON_SPACING_MARK
          && c != 'ـ'
          && !word.isEmpty()) {
        words.add(word.toString());
        word.setLength(0);
      }
    }
    if (!word.isEmpty()) {
      words.add(word.toString());
    }
    return words;
  }

  /** The consonants of a word from {@link #words}; empty when it has none. */
  public static String skeleton(String word) {
    String latin = word;
    boolean isLatin = word.chars().allMatch(c -> c < 128);
    if (isLatin) {
      // ch is one sound and c alone another, so the pairs come first, marked to stay.
      for (Map.Entry<String, String> pair : LATIN_PAIRS) {
        String mark = pair.getValue().toUpperCase(Locale.ROOT);
        latin = latin.replace(pair.getKey(), mark);
      }
      latin = latin.toLowerCase(Locale.ROOT);
    }
    StringBuilder skeleton = new StringBuilder();
    for (char c : latin.toCharArray()) {
      String consonant = isLatin ? ("bcdfghjklmnprstxz".indexOf(c) >= 0 ? "" + c : "") : of(c);
      // A doubled letter is written once in Persian.
      if (!consonant.isEmpty()
          && (skeleton.isEmpty()
              || skeleton.charAt(skeleton.length() - 1) != consonant.charAt(0))) {
        skeleton.append(consonant);
      }
    }
    // A silent h at the end is written in one script and not in the other.
    int last = skeleton.length() - 1;
    if (last > 0 && skeleton.charAt(last) == 'h') {
      skeleton.setLength(last);
    }
    return skeleton.toString();
  }

  private static String of(char c) {
    return CONSONANTS.getOrDefault(c, "");
  }
}
