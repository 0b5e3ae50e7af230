package io.nabz.kpi;

/** What was said of something and when, so that of several words the first or the last can hold. */
public class Word {
  public String said;
  public long atMs = Share.NONE;

  /** Holds the word if it is earlier; among words of one moment the smaller, whatever the order. */
  void first(String word, long timeMs) {
    if (word != null
        && (said == null || timeMs < atMs || (timeMs == atMs && word.compareTo(said) < 0))) {
      said = word;
      atMs = timeMs;
    }
  }

  void last(String word, long timeMs) {
    if (word != null
        && (said == null || timeMs > atMs || (timeMs == atMs && word.compareTo(said) < 0))) {
      said = word;
      atMs = timeMs;
    }
  }
}
