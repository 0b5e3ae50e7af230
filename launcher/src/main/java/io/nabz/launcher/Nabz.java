package io.nabz.launcher;

import io.nabz.broker.BrokerException;
import io.nabz.launcher.asterisk.AsteriskCommand;
import io.nabz.launcher.demo.SimulateCommand;
import io.nabz.launcher.replay.ReplayCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line: {@code ./nabz COMMAND}. */
@Command(
    name = "nabz",
    mixinStandardHelpOptions = true,
    version = "nabz 0.1.0",
    description = "Live view of every customer, and alerts while they still help.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "./nabz bench runs the benchmarks, ./nabz test builds and checks everything.",
      "Exit status: 0 success, 2 wrong usage, 1 anything else."
    },
    subcommands = {
      UpCommand.class,
      ReplayCommand.class,
      SimulateCommand.class,
      TokenCommand.class,
      KeyCommand.class,
      SourceCommand.class,
      AsteriskCommand.class,
      TrainTextCommand.class,
      SignInCommand.class
    })
public final class Nabz {
  private Nabz() {}

  public static void main(String[] args) {
    int status = run(args);
    // Threads of Flink or Kafka that do not end must not keep a finished command alive.
    System.exit(status);
  }

  static int run(String... args) {
    return commandLine().execute(args);
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Nabz());
    line.setExecutionStrategy(
        parsed -> {
          if (!parsed.hasSubcommand()
              && !line.isUsageHelpRequested()
              && !line.isVersionHelpRequested()) {
            line.usage(System.err);
            return CommandLine.ExitCode.USAGE;
          }
          if (parsed.hasSubcommand() && !parsed.subcommand().commandSpec().name().equals("up")) {
            Logging.quiet();
          }
          return new CommandLine.RunLast().execute(parsed);
        });
    line.setExecutionExceptionHandler(Nabz::explain);
    return line;
  }

  private static int explain(Exception failure, CommandLine line, CommandLine.ParseResult ignored) {
    if (failure instanceof LaunchException || failure instanceof BrokerException) {
      System.err.println("nabz: " + failure.getMessage());
    } else {
      System.err.println("nabz: this should not have happened; please report it:");
      failure.printStackTrace(System.err);
    }
    return line.getCommandSpec().exitCodeOnExecutionException();
  }
}
