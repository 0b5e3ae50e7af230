package io.nabz.benchmarks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nabz.benchmarks.rules.RulesCommand;
import io.nabz.benchmarks.text.TextCommand;
import io.nabz.model.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/** {@code ./nabz bench}: the harness's command line. Figures on standard output, talk on error. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Measures Nabz beside its baselines, in one run on this machine.",
    subcommands = {
      LatencyCommand.class,
      ThroughputCommand.class,
      JmhCommand.class,
      TextCommand.class,
      RulesCommand.class,
      BacktestCommand.class,
      ApiCommand.class
    })
public final class Bench {
  static final int OK = 0;
  static final int FAILED = 1;

  private Bench() {}

  public static void main(String[] arguments) {
    System.setProperty("log4j2.configurationFile", "nabz-bench-log4j2.xml");
    System.exit(
        new CommandLine(new Bench())
            .setExecutionExceptionHandler(
                (e, command, parsed) -> {
                  Progress.say("%s", e.getMessage() == null ? e : e.getMessage());
                  return FAILED;
                })
            .execute(arguments));
  }

  /** What was typed, to be repeated. */
  static String commandLine(CommandSpec spec) {
    return "./nabz bench "
        + String.join(
            " ",
            spec.commandLine().getParseResult().originalArgs().stream()
                .map(Bench::quoted)
                .toList());
  }

  static void writeJson(Path file, ObjectNode figures) throws IOException {
    if (file != null) {
      Files.write(file, Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(figures));
    }
  }

  private static String quoted(String argument) {
    return argument.contains(" ") ? "'" + argument + "'" : argument;
  }
}
