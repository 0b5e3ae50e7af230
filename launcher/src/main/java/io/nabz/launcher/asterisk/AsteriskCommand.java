package io.nabz.launcher.asterisk;

import io.nabz.launcher.replay.EventSink;
import io.nabz.model.IdentifierNormaliser;
import io.nabz.model.StableHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./nabz asterisk}: what happens in the queues of a telephone system, as events. */
@Command(
    name = "asterisk",
    mixinStandardHelpOptions = true,
    description = "Feeds what happens in the queues of an Asterisk to the running service.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {AsteriskCommand.QueueLog.class, AmiCommand.class})
public final class AsteriskCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say queue-log and the file, or ami and the address");
  }

  /** Follows {@code queue_log}. */
  @Command(
      name = "queue-log",
      mixinStandardHelpOptions = true,
      description = {
        "Follows a queue_log as it grows, until Ctrl-C, and goes on where it was after a restart.",
        "Reads rotated and emptied logs on; a log that is read twice changes nothing."
      })
  static final class QueueLog implements Callable<Integer> {
    private static final Duration LOOK = Duration.ofMillis(200);

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The log, mostly /var/log/asterisk/queue_log.")
    private Path log;

    @Mixin private FeedOptions feed;

    @Option(
        names = "--zone",
        paramLabel = "Z",
        description =
            "Time zone of a log that has local times instead of epoch seconds (default: this"
                + " machine's).")
    private String zone = ZoneId.systemDefault().getId();

    @Option(names = "--once", description = "Stop at the end of the log.")
    private boolean once;

    @Override
    public Integer call() throws InterruptedException {
      IdentifierNormaliser normaliser = feed.normaliser(spec);
      String tenant = feed.tenant(spec);
      ZoneId logZone;
      try {
        logZone = ZoneId.of(zone);
      } catch (DateTimeException e) {
        throw new ParameterException(
            spec.commandLine(), "--zone: '" + zone + "' is no time zone; write e.g. Asia/Tehran");
      }
      try (EventSink sink = feed.sink(normaliser);
          QueueLogFollower follower =
              new QueueLogFollower(
                  log,
                  positionFile(tenant),
                  known -> new QueueLogEvents(normaliser, tenant, feed.source(), known),
                  logZone,
                  sink)) {
        follow(follower);
        System.err.printf(
            Locale.ROOT,
            "%,d lines read, %,d events sent, nothing made of %,d lines%n",
            follower.lines(),
            follower.sent(),
            follower.skipped());
        return 0;
      } catch (IOException e) {
        System.err.println("nabz asterisk: cannot read " + log + " (" + e.getMessage() + ")");
      } catch (EventSink.SinkFailed e) {
        System.err.println("nabz asterisk: " + e.getMessage());
      }
      return 1;
    }

    private void follow(QueueLogFollower follower) throws IOException, InterruptedException {
      if (once) {
        follower.catchUp();
        return;
      }
      StopLatch stop = StopLatch.onExit();
      do {
        follower.catchUp();
      } while (!stop.await(LOOK));
    }

    /** A dry run leaves no trace. */
    private Path positionFile(String tenant) throws IOException {
      if (feed.isDryRun()) {
        Path none = Files.createTempDirectory("nabz-dry-run");
        none.toFile().deleteOnExit();
        Path file = none.resolve("position.json");
        file.toFile().deleteOnExit();
        return file;
      }
      String name =
          StableHash.id(log.toAbsolutePath().normalize().toString(), tenant, feed.source());
      return feed.dataDir().resolve("asterisk").resolve(name + ".json");
    }
  }
}
