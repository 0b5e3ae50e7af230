package io.nabz.launcher;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Talk for people, on standard error, so that standard output stays machine-readable. */
final class Console {
  private final PrintStream out;
  private final long start = System.nanoTime();

  Console(PrintStream out) {
    this.out = out;
  }

  static Console standard() {
    return new Console(System.err);
  }

  /** A line with the seconds since the start. */
  void step(String message) {
    double seconds = Duration.ofNanos(System.nanoTime() - start).toMillis() / 1_000.0;
    say("%6s  %s".formatted(String.format(Locale.ROOT, "%.1f s", seconds), message));
  }

  synchronized void say(String message) {
    out.println(message);
    out.flush();
  }
}
