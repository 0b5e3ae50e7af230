package io.nabz.text;

import java.util.List;
import java.util.stream.Collectors;

/** One reader for all tests of this package, and the little that they ask of a reading. */
final class Texts {
  static final TextReader READER = TextReader.create();

  private Texts() {}

  static TextReading read(String text) {
    return READER.read(text, null);
  }

  static double score(String text) {
    return read(text).score();
  }

  static SentimentLabel label(String text) {
    return read(text).label();
  }

  static List<String> codes(List<Signal> signals) {
    return signals.stream().map(Signal::code).collect(Collectors.toList());
  }

  /** What a span or signal covers, cut by code points as a page would cut it. */
  static String cut(String text, int from, int to) {
    return text.substring(text.offsetByCodePoints(0, from), text.offsetByCodePoints(0, to));
  }
}
