package io.nabz.benchmarks.text;

import io.nabz.text.TextReader;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;

/**
 * How fast one thread reads. Counted in the thread's processor time, so that it is what one core
 * gives even when neighbours are busy.
 */
final class Pace {
  private static final long WARM_UP = 3_000_000_000L;
  private static final long MEASURED = 2_000_000_000L;
  private static final int LONG_TEXT = 2_000;
  private static final int LONG_TEXTS = 10_000;

  private static final String[] HOSTILE = {
    "a",
    "<a",
    "می ",
    "بی ",
    "خوب نیست ",
    "not good but ",
    "😡",
    "&amp",
    "9/10 ",
    "!",
    "http",
    "ولی خوب "
  };

  private Pace() {}

  /** What was measured. */
  record Result(long textsPerSecond, double meanChars, double p99Millis, double hostileMillis) {}

  static Result measure(TextReader reader, List<String> texts) {
    run(reader, texts, WARM_UP);
    long perSecond = run(reader, texts, MEASURED);
    double chars = texts.stream().mapToInt(String::length).average().orElse(0);
    return new Result(perSecond, chars, longTexts(reader, texts), hostile(reader));
  }

  private static long run(TextReader reader, List<String> texts, long forNanos) {
    long start = cpu();
    long read = 0;
    double sum = 0;
    while (cpu() - start < forNanos) {
      for (String text : texts) {
        sum += reader.read(text, null).score();
        read++;
      }
    }
    if (Double.isNaN(sum)) {
      throw new IllegalStateException("a score is not a number");
    }
    return (long) (read / ((cpu() - start) / 1e9));
  }

  private static double longTexts(TextReader reader, List<String> texts) {
    String all = String.join(" ", texts);
    String source = all.repeat(1 + 2 * LONG_TEXT / all.length());
    long[] nanos = new long[LONG_TEXTS];
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < nanos.length; i++) {
        int at = i * 97 % (source.length() - LONG_TEXT);
        String text = source.substring(at, at + LONG_TEXT);
        long start = cpu();
        reader.read(text, null);
        nanos[i] = cpu() - start;
      }
    }
    Arrays.sort(nanos);
    return nanos[nanos.length * 99 / 100] / 1e6;
  }

  private static double hostile(TextReader reader) {
    double worst = 0;
    for (String piece : HOSTILE) {
      String text = piece.repeat(TextReader.LONGEST / piece.length());
      long[] nanos = new long[20];
      for (int i = 0; i < nanos.length; i++) {
        long start = cpu();
        reader.read(text, null);
        nanos[i] = cpu() - start;
      }
      Arrays.sort(nanos);
      worst = Math.max(worst, nanos[nanos.length / 2] / 1e6);
    }
    return worst;
  }

  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
