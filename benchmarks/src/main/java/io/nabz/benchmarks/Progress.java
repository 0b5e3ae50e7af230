package io.nabz.benchmarks;

import java.time.LocalTime;
import java.time.temporal.ChronoUnit;

/** Talk, on standard error; standard output is for the table. */
final class Progress {
  private Progress() {}

  static void say(String format, Object... arguments) {
    System.err.println(
        LocalTime.now().truncatedTo(ChronoUnit.SECONDS) + "  " + format.formatted(arguments));
  }
}
