package io.nabz.text;

import java.util.Objects;

/** The part of a mixed text that is in one language, with its own score in -1..1. */
public record TextPart(Language language, double share, double score) {
  public TextPart {
    Objects.requireNonNull(language, "language is null");
  }
}
