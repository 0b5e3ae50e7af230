package io.nabz.text;

/**
 * Reads a text. An implementation is safe for use by many threads, never throws for what a customer
 * wrote, and answers {@link TextReading#NOTHING} for null or blank text.
 */
public interface TextScorer {
  /**
   * @param text what was written; null, huge, binary and broken text are allowed
   * @param languageHint a language tag from upstream, or null
   */
  TextReading read(String text, String languageHint);
}
