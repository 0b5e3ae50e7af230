package io.nabz.benchmarks.rules;

import io.nabz.benchmarks.rules.RulesJob.Matcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench rules}: how fast rules are matched, beside Flink's CEP library. */
@Command(
    name = "rules",
    mixinStandardHelpOptions = true,
    description = "How fast rules are matched, beside flink-cep on the same patterns and events.")
public final class RulesCommand implements Callable<Integer> {
  /** Flink's matcher is not run with so many. */
  private static final Set<Integer> OURS_ONLY = Set.of(100);

  @Option(
      names = "--patterns",
      split = ",",
      defaultValue = "1,5,20,100",
      paramLabel = "N",
      description = "how many at once (default: ${DEFAULT-VALUE}); 100 only by our matcher")
  List<Integer> patterns;

  @Option(
      names = "--events",
      defaultValue = "500000",
      paramLabel = "N",
      description = "for our matcher (default: ${DEFAULT-VALUE})")
  long events;

  @Option(
      names = "--cep-events",
      defaultValue = "20000",
      paramLabel = "N",
      description = "for Flink's, which takes longer (default: ${DEFAULT-VALUE})")
  long cepEvents;

  @Option(
      names = "--customers",
      defaultValue = "10000",
      paramLabel = "N",
      description = "of the events (default: ${DEFAULT-VALUE})")
  int customers;

  @Override
  public Integer call() throws Exception {
    List<RulesResult> results = new ArrayList<>();
    // What a JVM compiles while it is new is nobody's figure.
    RulesJob.run(Matcher.OURS, 5, Math.min(events, 50_000), new RulesTraffic(customers));
    RulesJob.run(
        Matcher.CEP_PROCESSING_TIME, 5, Math.min(cepEvents, 5_000), new RulesTraffic(customers));
    for (int count : patterns) {
      for (Matcher matcher : Matcher.values()) {
        boolean ours = matcher == Matcher.OURS;
        if (ours || !OURS_ONLY.contains(count)) {
          RulesResult result =
              RulesJob.run(matcher, count, ours ? events : cepEvents, new RulesTraffic(customers));
          System.err.printf(
              Locale.ROOT, "%s, %d: %.1f s%n", matcher.title(), count, result.seconds());
          results.add(result);
        }
      }
    }
    System.out.println("| matcher | patterns | events | events/s | matches |");
    System.out.println("|---|---:|---:|---:|---:|");
    for (RulesResult result : results) {
      System.out.printf(
          Locale.ROOT,
          "| %s | %d | %,d | %,.0f | %,d |%n",
          result.matcher(),
          result.patterns(),
          result.events(),
          result.perSecond(),
          result.matches());
    }
    return 0;
  }
}
