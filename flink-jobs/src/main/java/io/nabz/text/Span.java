package io.nabz.text;

/**
 * A piece of the original text, counted in code points ({@code to} is exclusive), and how much it
 * moved the score: negative is bad, positive is good.
 */
public record Span(int from, int to, double weight) {
  public Span {
    if (from < 0 || to < from) {
      throw new IllegalArgumentException(
          "a span runs from 0 or more to its end: " + from + ".." + to);
    }
  }
}
