package io.nabz.launcher.replay;

/** A recording format that {@code ./nabz replay} knows. */
interface Adapter {
  String name();

  /** One line for the help. */
  String description();

  Ordering ordering();

  Translator open();
}
