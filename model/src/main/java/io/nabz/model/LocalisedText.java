package io.nabz.model;

import static java.util.Objects.requireNonNull;

/** One text in the two languages of the product; shown as plain text, never as markup. */
public record LocalisedText(String en, String fa) {
  public LocalisedText {
    requireNonNull(en, "en is null");
    requireNonNull(fa, "fa is null");
  }
}
