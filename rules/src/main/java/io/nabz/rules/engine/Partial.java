package io.nabz.rules.engine;

/**
 * A match under way.
 *
 * @param by what its events have in common, or null
 */
record Partial(int place, String by, Seen first, Link last) {
  Partial at(int newPlace) {
    return new Partial(newPlace, by, first, last);
  }
}
