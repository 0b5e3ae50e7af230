package io.nabz.api.store;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A place in a view that survives a restart: the life of the view, which changes when it is built
 * anew, and a number that only grows within it.
 */
public record Position(String epoch, long number) {
  public Position {
    requireNonNull(epoch, "epoch is null");
    if (number < 0) {
      throw new IllegalArgumentException("number is negative");
    }
  }

  /** Reads what {@link #toString()} wrote; empty for anything else. */
  public static Optional<Position> parse(String text) {
    int dash = text.lastIndexOf('-');
    if (dash < 1 || text.length() > 64) {
      return Optional.empty();
    }
    try {
      long number = Long.parseLong(text.substring(dash + 1), Character.MAX_RADIX);
      return number < 0
          ? Optional.empty()
          : Optional.of(new Position(text.substring(0, dash), number));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return epoch + '-' + Long.toString(number, Character.MAX_RADIX);
  }
}
