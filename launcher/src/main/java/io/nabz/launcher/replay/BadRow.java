package io.nabz.launcher.replay;

/** A line that gives no events; the message says why, without values of the line. */
final class BadRow extends RuntimeException {
  BadRow(String message) {
    super(message, null, false, false);
  }
}
