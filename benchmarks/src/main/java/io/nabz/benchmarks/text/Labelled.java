package io.nabz.benchmarks.text;

import java.util.Objects;

/** A text and what people say it feels: -1, 0 or 1. */
record Labelled(String text, int label) {
  Labelled {
    Objects.requireNonNull(text, "text is null");
  }
}
