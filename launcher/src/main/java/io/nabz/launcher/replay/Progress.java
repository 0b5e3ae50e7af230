package io.nabz.launcher.replay;

import static java.util.Objects.requireNonNull;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** The progress bar: redrawn in place on a terminal, otherwise a line every few seconds. */
final class Progress {
  private static final int BAR = 24;
  private static final Duration REDRAW = Duration.ofMillis(200);
  private static final Duration NEXT_LINE = Duration.ofSeconds(5);

  private final PrintStream out;
  private final boolean terminal;
  private Instant phaseStart;
  private Instant lastShown;
  private long countAtPhaseStart;
  private boolean drawn;

  Progress(PrintStream out, boolean terminal, Instant now) {
    this.out = requireNonNull(out, "out is null");
    this.terminal = terminal;
    this.phaseStart = now;
    this.lastShown = now;
  }

  /** Whether standard error is a terminal; {@code System.console()} only knows about the others. */
  static boolean errorIsTerminal() {
    Path link = Path.of("/proc/self/fd/2");
    try {
      String target = Files.readSymbolicLink(link).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (java.io.IOException | UnsupportedOperationException e) {
      return System.console() != null;
    }
  }

  void phase(Instant now, long count) {
    phaseStart = now;
    countAtPhaseStart = count;
  }

  /**
   * @param done between 0 and 1, or negative when nobody can tell
   */
  void show(String verb, long count, double done, Instant now) {
    if (Duration.between(lastShown, now).compareTo(terminal ? REDRAW : NEXT_LINE) < 0) {
      return;
    }
    lastShown = now;
    out.print((terminal ? "\r" : "") + text(verb, count, done, now));
    out.print(terminal ? "\u001b[K" : System.lineSeparator());
    out.flush();
    drawn = terminal;
  }

  String text(String verb, long count, double done, Instant now) {
    Duration spent = Duration.between(phaseStart, now);
    double seconds = Math.max(0.001, spent.toMillis() / 1000.0);
    String text =
        String.format(
            Locale.ROOT,
            "%s %,d events, %,.0f/s",
            verb,
            count,
            (count - countAtPhaseStart) / seconds);
    if (done < 0) {
      return text;
    }
    int full = (int) Math.round(Math.min(1, done) * BAR);
    String bar = "[" + "#".repeat(full) + ".".repeat(BAR - full) + "] ";
    String rest =
        done < 0.001
            ? ""
            : ", "
                + Durations.show(Duration.ofMillis((long) (seconds * 1000 * (1 - done) / done)))
                + " left";
    return String.format(Locale.ROOT, "%s%3.0f %% %s%s", bar, done * 100, text, rest);
  }

  void end() {
    if (drawn) {
      out.print("\r\u001b[K");
      out.flush();
    }
  }
}
