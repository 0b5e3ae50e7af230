package io.nabz.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench api}: the serving side, in and out, each part on a broker and an API of its own. */
@Command(
    name = "api",
    mixinStandardHelpOptions = true,
    description = "Intake over HTTP, reads, and live delivery, beside their baselines.")
final class ApiCommand implements Callable<Integer> {
  private static final Set<String> PARTS =
      new TreeSet<>(Set.of("intake", "reads", "alert", "live", "restart"));

  @Spec CommandSpec spec;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "PART",
      description = "intake, reads, alert, live, restart (default: all but restart)")
  List<String> only = List.of("intake", "reads", "alert", "live");

  @Option(
      names = "--seconds",
      defaultValue = "20",
      paramLabel = "N",
      description = "measured of each row (default: ${DEFAULT-VALUE})")
  int seconds;

  @Option(
      names = "--warmup",
      defaultValue = "60",
      paramLabel = "N",
      description = "seconds before that, of each row (default: ${DEFAULT-VALUE})")
  int warmup;

  @Option(
      names = "--clients",
      defaultValue = "2000",
      paramLabel = "N",
      description = "live ones in part live (default: ${DEFAULT-VALUE})")
  int clients;

  @Option(
      names = "--silent",
      defaultValue = "50",
      paramLabel = "N",
      description = "of them never read (default: ${DEFAULT-VALUE})")
  int silent;

  @Option(
      names = "--alert-rate",
      defaultValue = "1",
      paramLabel = "N",
      description = "alerts a second that each live client is sent (default: ${DEFAULT-VALUE})")
  int alertRate;

  @Option(
      names = "--customers",
      defaultValue = "1000000",
      paramLabel = "N",
      description = "in the view of part restart (default: ${DEFAULT-VALUE})")
  int customers;

  @Option(
      names = "--job",
      description =
          "part alert runs the product's job; otherwise a stand-in turns every 20th event"
              + " into an alert, so that the figure is that of API and broker alone")
  boolean job;

  @Option(
      names = "--work-dir",
      paramLabel = "DIR",
      description = "where to keep topics and views meanwhile (default: the system's temp folder)")
  Path workDir;

  /** One partition more or less makes no difference here; the job, if any, has one task of each. */
  private static final LabOptions LAB =
      new LabOptions(
          4,
          1,
          LabOptions.MANAGED_MIB,
          List.of(LabOptions.JOB_JVM.split(" ")),
          List.of(LabOptions.BROKER_JVM.split(" ")));

  @Override
  public Integer call() throws Exception {
    check();
    Map<String, String> facts = MachineFacts.gather(Bench.commandLine(spec), LAB);
    facts.put("API JVM", String.join(" ", ApiChild.JVM));
    System.out.println("# Nabz bench: api\n\n" + Table.facts(facts));
    List<String> failures = new ArrayList<>();
    for (String part : only) {
      Progress.say("part %s", part);
      try (Workspace workspace = Workspace.create(workDir);
          Lab open = Lab.open(workspace, Contenders.named(job ? "nabz" : "kafka"), LAB)) {
        ApiPart running = part(part, open, workspace);
        System.out.println(running.run());
        failures.addAll(running.failures());
      }
    }
    failures.forEach(failure -> System.out.println("FAILED: " + failure));
    return failures.isEmpty() ? Bench.OK : Bench.FAILED;
  }

  private ApiPart part(String name, Lab open, Workspace workspace) {
    return switch (name) {
      case "intake" -> new ApiIntake(open, workspace, warmup, seconds);
      case "reads" -> new ApiReads(open, workspace, warmup, seconds);
      case "restart" -> new ApiRestart(open, workspace, customers);
      case "alert" -> new ApiAlert(open, workspace, warmup, seconds, job);
      default -> new ApiLive(open, workspace, clients, silent, alertRate, seconds);
    };
  }

  private void check() {
    for (String part : only) {
      if (!PARTS.contains(part)) {
        throw new ParameterException(
            spec.commandLine(), "--only: '%s' is not one of %s".formatted(part, PARTS));
      }
    }
    boolean wrong = seconds < 1 || seconds > 600 || warmup < 0 || warmup > 600;
    if (wrong || clients < 1 || clients > 20_000 || silent < 0 || silent >= clients) {
      throw new ParameterException(
          spec.commandLine(),
          "give 1 to 600 seconds, 1 to 20000 clients, and fewer silent ones than clients");
    }
    if (customers < 1 || customers > 10_000_000) {
      throw new ParameterException(spec.commandLine(), "--customers: give 1 to 10000000");
    }
    if (alertRate < 1 || alertRate > 1_000) {
      throw new ParameterException(spec.commandLine(), "--alert-rate: give 1 to 1000");
    }
  }
}
