package io.nabz.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench throughput}: how fast a backlog is worked off. */
@Command(
    name = "throughput",
    mixinStandardHelpOptions = true,
    description = "How fast a backlog of events is worked off, read back by a consumer.")
final class ThroughputCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @Mixin RunOptions run;
  @Mixin TrafficOptions traffic;

  @Option(
      names = "--events",
      defaultValue = "1000000",
      paramLabel = "N",
      description = "in the backlog (default: ${DEFAULT-VALUE})")
  int events;

  @Option(
      names = "--warmup-events",
      defaultValue = "0",
      paramLabel = "N",
      description = {
        "in a backlog of their own that is worked off before, not measured; with --all-first",
        "and as many customers as these, all are known before it begins (default: 0)"
      })
  int warmupEvents;

  @Option(
      names = "--timeout",
      defaultValue = "600",
      paramLabel = "SECONDS",
      description = "for a backlog to be worked off (default: ${DEFAULT-VALUE})")
  int timeoutSeconds;

  @Override
  public Integer call() throws Exception {
    LabOptions lab;
    List<Contender> contenders;
    try {
      lab = run.lab();
      contenders = run.contenders();
      traffic.check();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
    if (events < 1_000 || warmupEvents < 0 || timeoutSeconds < 1) {
      throw new ParameterException(
          spec.commandLine(),
          "--events must be at least 1000, --warmup-events 0 and --timeout at least 1");
    }
    Map<String, String> facts = MachineFacts.gather(Bench.commandLine(spec), lab);
    List<ThroughputResult> results = new ArrayList<>();
    try (Workspace workspace = Workspace.create(run.workDir)) {
      for (int round = 0; round < run.rounds; round++) {
        for (Contender contender : Contenders.inOrderOfRound(contenders, round)) {
          Progress.say(
              "round %d of %d: %s, a backlog of %,d + %,d events",
              round + 1, run.rounds, contender.title(), warmupEvents, events);
          try {
            results.add(
                ThroughputRun.run(
                    workspace,
                    contender,
                    round,
                    lab,
                    traffic,
                    warmupEvents,
                    events,
                    Duration.ofSeconds(timeoutSeconds)));
          } catch (RuntimeException e) {
            Progress.say("  failed: %s", e.getMessage());
            results.add(
                ThroughputResult.failed(contender, round, events, String.valueOf(e.getMessage())));
          }
        }
      }
    }
    System.out.print(ThroughputReport.render(facts, results, traffic));
    Bench.writeJson(run.json, ThroughputReport.json(facts, results));
    return results.stream().allMatch(ThroughputResult::ok) ? Bench.OK : Bench.FAILED;
  }
}
