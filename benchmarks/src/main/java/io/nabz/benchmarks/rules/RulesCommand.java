package io.nabz.benchmarks.rules;

import io.nabz.benchmarks.rules.RulesJob.Matcher;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench rules}: how fast rules are matched, beside Flink's CEP library. */
@Command(
    name = "rules",
    mixinStandardHelpOptions = true,
    description = "How fast rules are matched, beside flink-cep on the same patterns and events.")
public final class RulesCommand implements Callable<Integer> {
  /** Flink's matcher is not run with so many. */
  private static final Set<Integer> OURS_ONLY = Set.of(100);

  private static final Duration SKIPPED = Duration.ofSeconds(3);
  private static final Duration WARM_UP = Duration.ofSeconds(10);
  private static final int QUICKER = 4;

  @Spec CommandSpec spec;

  @Option(
      names = "--patterns",
      split = ",",
      defaultValue = "1,5,20,100",
      paramLabel = "N",
      description = "how many at once (default: ${DEFAULT-VALUE}); 100 only by our matcher")
  List<Integer> patterns;

  @Option(
      names = "--matchers",
      split = ",",
      paramLabel = "NAME",
      description = "only these of ${COMPLETION-CANDIDATES}")
  List<Matcher> matchers = List.of(Matcher.values());

  @Option(
      names = "--seconds",
      defaultValue = "12",
      paramLabel = "N",
      description = "of a backlog worked off by each (default: ${DEFAULT-VALUE})")
  int seconds;

  @Option(
      names = "--latency-seconds",
      defaultValue = "8",
      paramLabel = "N",
      description = "of events timed, 0 for none (default: ${DEFAULT-VALUE})")
  int latencySeconds;

  @Option(
      names = "--rate",
      defaultValue = "1000",
      paramLabel = "N",
      description = "events/s of those that are timed (default: ${DEFAULT-VALUE})")
  int rate;

  @Option(
      names = "--customers",
      defaultValue = "10000",
      paramLabel = "N",
      description = "of the events (default: ${DEFAULT-VALUE})")
  int customers;

  @Option(names = "--quick", description = "a quarter of the time, for a first look")
  boolean quick;

  @Override
  public Integer call() throws Exception {
    Path folder = Files.createTempDirectory("nabz-bench-rules-");
    try {
      System.out.println("- command: ./nabz bench " + arguments());
      System.out.printf(
          Locale.ROOT,
          "- machine: %d cores, load average before the run %.2f; events made, matched and counted"
              + " in this process, RocksDB, no Kafka%n%n",
          Runtime.getRuntime().availableProcessors(),
          ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
      warmUp(folder);
      List<Row> rows = new ArrayList<>();
      for (int count : patterns) {
        for (Matcher matcher : matchers) {
          if (matcher == Matcher.OURS || !OURS_ONLY.contains(count)) {
            rows.add(measure(matcher, count, folder));
          }
        }
      }
      print(rows);
      compare(rows);
      return 0;
    } finally {
      delete(folder);
    }
  }

  /** What a JVM compiles while it is new is nobody's figure. */
  private void warmUp(Path folder) throws Exception {
    for (Matcher matcher : matchers) {
      RulesJob.run(matcher, 5, RulesLoad.backlog(customers, shorter(WARM_UP), 1_000_000), folder);
    }
  }

  /** A row of the table; {@code timed} is null when no latency was asked for. */
  private record Row(RulesResult drained, RulesResult timed) {}

  private Row measure(Matcher matcher, int count, Path folder) throws Exception {
    RulesResult drained =
        RulesJob.run(
            matcher,
            count,
            RulesLoad.backlog(customers, shorter(Duration.ofSeconds(seconds)), Long.MAX_VALUE),
            folder);
    RulesResult timed = latencySeconds == 0 ? null : timed(matcher, count, folder);
    System.err.printf(
        Locale.ROOT, "%s, %d: %,.0f events/s%n", matcher.title(), count, drained.perSecond());
    return new Row(drained, timed);
  }

  private RulesResult timed(Matcher matcher, int count, Path folder) throws Exception {
    // The last seconds of a stream are told early, when it ends; nobody is timed on these.
    Duration after =
        matcher == Matcher.CEP_EVENT_TIME ? RulesJob.DISORDER.plusSeconds(1) : Duration.ZERO;
    Duration measured = shorter(Duration.ofSeconds(latencySeconds));
    return RulesJob.run(
        matcher, count, RulesLoad.paced(customers, rate, SKIPPED, measured, after), folder);
  }

  private Duration shorter(Duration time) {
    return quick ? time.dividedBy(QUICKER) : time;
  }

  private void print(List<Row> rows) {
    System.out.printf(
        Locale.ROOT,
        "| matcher | patterns | events | matches | events/s | p50 ms at %,d/s | p99 ms |%n",
        rate);
    System.out.println("|---|---:|---:|---:|---:|---:|---:|");
    for (Row row : rows) {
      RulesResult drained = row.drained();
      System.out.printf(
          Locale.ROOT,
          "| %s | %d | %,d | %,d | %,.0f | %s | %s |%n",
          drained.matcher().title(),
          drained.patterns(),
          drained.events(),
          drained.matches(),
          drained.perSecond(),
          row.timed() == null ? "" : ms(row.timed().p50Ms()),
          row.timed() == null ? "" : ms(row.timed().p99Ms()));
    }
  }

  private static String ms(double ms) {
    return String.format(Locale.ROOT, ms < 100 ? "%.1f" : "%,.0f", ms);
  }

  /** What the issue asks: how many times the others, and what many rules cost. */
  private static void compare(List<Row> rows) {
    System.out.println();
    for (Row row : rows) {
      RulesResult ours = row.drained();
      if (ours.matcher() == Matcher.OURS) {
        rows.stream()
            .map(Row::drained)
            .filter(one -> one.matcher() != Matcher.OURS && one.patterns() == ours.patterns())
            .forEach(
                one ->
                    System.out.printf(
                        Locale.ROOT,
                        "- %d patterns: %.0f times %s%n",
                        ours.patterns(),
                        ours.perSecond() / one.perSecond(),
                        one.matcher().title()));
      }
    }
    RulesResult twenty = ours(rows, 20);
    RulesResult hundred = ours(rows, 100);
    if (twenty != null && hundred != null) {
      System.out.printf(
          Locale.ROOT,
          "- from 20 to 100 patterns ours loses %.0f %%%n",
          100 * (1 - hundred.perSecond() / twenty.perSecond()));
    }
  }

  private static RulesResult ours(List<Row> rows, int patterns) {
    return rows.stream()
        .map(Row::drained)
        .filter(one -> one.matcher() == Matcher.OURS && one.patterns() == patterns)
        .findFirst()
        .orElse(null);
  }

  private String arguments() {
    return String.join(" ", spec.commandLine().getParseResult().originalArgs());
  }

  private static void delete(Path folder) throws Exception {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
