package io.nabz.benchmarks;

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

/** {@code bench latency}: how long an event takes at a steady rate, open loop. */
@Command(
    name = "latency",
    mixinStandardHelpOptions = true,
    description = "Time from an event's intended sending to its effect, at a steady rate.")
final class LatencyCommand implements Callable<Integer> {
  private static final long MOST_EVENTS = 4_000_000;

  @Spec CommandSpec spec;
  @Mixin RunOptions run;
  @Mixin TrafficOptions traffic;

  @Option(
      names = "--rate",
      defaultValue = "1000",
      paramLabel = "N",
      description = "events a second (default: ${DEFAULT-VALUE})")
  int rate;

  @Option(
      names = "--seconds",
      defaultValue = "20",
      paramLabel = "N",
      description = "measured time of each run (default: ${DEFAULT-VALUE})")
  int seconds;

  @Option(
      names = "--warmup",
      defaultValue = "90",
      paramLabel = "N",
      description =
          "seconds before that, at the same rate; measuring begins when all effects of the warm-up"
              + " have been read (default: ${DEFAULT-VALUE})")
  int warmup;

  @Override
  public Integer call() throws Exception {
    Schedule shape;
    LabOptions lab;
    List<Contender> contenders;
    try {
      shape = Schedule.of(0, rate, warmup, seconds);
      lab = run.lab();
      contenders = run.contenders();
      traffic.check();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
    if (shape.events() > MOST_EVENTS) {
      throw new ParameterException(
          spec.commandLine(),
          "%d events do not fit in memory; ask for a lower rate or less time"
              .formatted(shape.events()));
    }
    Map<String, String> facts = MachineFacts.gather(Bench.commandLine(spec), lab);
    List<LatencyResult> results = new ArrayList<>();
    try (Workspace workspace = Workspace.create(run.workDir)) {
      for (int round = 0; round < run.rounds; round++) {
        for (Contender contender : Contenders.inOrderOfRound(contenders, round)) {
          Progress.say(
              "round %d of %d: %s, %d events/s, %d + %d s",
              round + 1, run.rounds, contender.title(), rate, warmup, seconds);
          try {
            results.addAll(LatencyRun.run(workspace, contender, round, lab, traffic, shape));
          } catch (RuntimeException e) {
            Progress.say("  failed: %s", e.getMessage());
            results.add(LatencyResult.failed(contender, round, String.valueOf(e.getMessage())));
          }
        }
      }
    }
    System.out.print(LatencyReport.render(facts, results));
    Bench.writeJson(run.json, LatencyReport.json(facts, results));
    return results.stream().allMatch(LatencyResult::ok) ? Bench.OK : Bench.FAILED;
  }
}
