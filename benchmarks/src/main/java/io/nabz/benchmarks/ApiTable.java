package io.nabz.benchmarks;

import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** How times are shown in the tables of {@code bench api}. */
final class ApiTable {
  private static final double NANOS_PER_MILLI = 1e6;

  private ApiTable() {}

  static Table ofTimes() {
    return new Table(List.of("what", "with", "times", "p50 ms", "p99 ms", "max ms"));
  }

  static void add(Table table, String what, String with, Histogram histogram) {
    table.add(
        List.of(
            what,
            with,
            "%,d".formatted(histogram.getTotalCount()),
            millis(histogram, 50),
            millis(histogram, 99),
            millis(histogram, 100)));
  }

  static String millis(Histogram histogram, double percentile) {
    if (histogram.getTotalCount() == 0) {
      return "-";
    }
    double millis = histogram.getValueAtPercentile(percentile) / NANOS_PER_MILLI;
    return String.format(Locale.ROOT, millis < 100 ? "%.2f" : "%,.0f", millis);
  }

  static String mib(long bytes) {
    return String.format(Locale.ROOT, "%.1f", bytes / (double) (1 << 20));
  }
}
