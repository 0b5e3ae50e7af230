package io.nabz.rules.engine;

import io.nabz.model.LocalisedText;
import io.nabz.rules.expression.Scope;

/** A text in both languages, with placeholders. */
record Texts(Template en, Template fa) {
  LocalisedText render(Scope scope) {
    return new LocalisedText(en.render(scope), fa.render(scope));
  }
}
