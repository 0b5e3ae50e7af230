package io.nabz.launcher.asterisk;

import io.nabz.launcher.ServiceFile;
import io.nabz.launcher.replay.EventSink;
import io.nabz.launcher.replay.KafkaEventSink;
import io.nabz.launcher.replay.PrintingSink;
import io.nabz.model.CustomerKey;
import io.nabz.model.CustomerResolver;
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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
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
    subcommands = AsteriskCommand.QueueLog.class)
public final class AsteriskCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say queue-log and the file");
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
    private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The log, mostly /var/log/asterisk/queue_log.")
    private Path log;

    @Option(
        names = "--source",
        paramLabel = "URI",
        description = "Names this telephone system in its events (default: ${DEFAULT-VALUE}).")
    private String source = "/pbx/asterisk";

    @Option(
        names = "--tenant",
        paramLabel = "T",
        description = "Whose customers call (default: ${DEFAULT-VALUE}).")
    private String tenant = CustomerKey.DEFAULT_TENANT;

    @Option(
        names = "--default-region",
        paramLabel = "CC",
        description =
            "Country of phone numbers without a country code (default: ${DEFAULT-VALUE}).")
    private String region = "IR";

    @Option(
        names = "--zone",
        paramLabel = "Z",
        description =
            "Time zone of a log that has local times instead of epoch seconds (default: this"
                + " machine's).")
    private String zone = ZoneId.systemDefault().getId();

    @Option(names = "--once", description = "Stop at the end of the log.")
    private boolean once;

    @Option(names = "--dry-run", description = "Print the events as NDJSON; no broker is needed.")
    private boolean dryRun;

    @Option(
        names = "--data-dir",
        paramLabel = "DIR",
        description =
            "Folder of the running service; the place in the log is kept there (default:"
                + " ${DEFAULT-VALUE}).")
    private Path dataDir = Path.of(".nabz");

    @Option(
        names = "--bootstrap-servers",
        paramLabel = "HOST:PORT",
        description = "A Kafka broker, instead of that of the running service.")
    private String bootstrapServers;

    @Override
    public Integer call() throws InterruptedException {
      if (!CustomerKey.isTenant(tenant)) {
        throw usage("--tenant: 1 to 64 of letters, digits, '.', '-' and '_'");
      }
      IdentifierNormaliser normaliser;
      ZoneId logZone;
      try {
        normaliser = new IdentifierNormaliser(region);
        logZone = ZoneId.of(zone);
      } catch (IllegalArgumentException e) {
        throw usage("--default-region: " + e.getMessage());
      } catch (DateTimeException e) {
        throw usage("--zone: '" + zone + "' is no time zone; write e.g. Asia/Tehran");
      }
      try (EventSink sink = sink(normaliser);
          QueueLogFollower follower =
              new QueueLogFollower(
                  log,
                  positionFile(),
                  known -> new QueueLogEvents(normaliser, tenant, source, known),
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
      CountDownLatch stop = new CountDownLatch(1);
      Thread here = Thread.currentThread();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(stop, here)));
      do {
        follower.catchUp();
      } while (!stop.await(LOOK.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** The process ends with this hook, so it waits until what is under way is safe. */
    private static void stop(CountDownLatch stop, Thread follower) {
      stop.countDown();
      try {
        follower.join(STOP_WITHIN.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    /** A dry run leaves no trace. */
    private Path positionFile() throws IOException {
      if (dryRun) {
        Path none = Files.createTempDirectory("nabz-dry-run");
        none.toFile().deleteOnExit();
        Path file = none.resolve("position.json");
        file.toFile().deleteOnExit();
        return file;
      }
      String name = StableHash.id(log.toAbsolutePath().normalize().toString(), tenant, source);
      return dataDir.resolve("asterisk").resolve(name + ".json");
    }

    private EventSink sink(IdentifierNormaliser normaliser) {
      if (dryRun) {
        return PrintingSink.standardOutput();
      }
      String servers =
          bootstrapServers != null ? bootstrapServers : ServiceFile.of(dataDir).bootstrapServers();
      return new KafkaEventSink(servers, new CustomerResolver(normaliser), 2);
    }

    private ParameterException usage(String message) {
      return new ParameterException(spec.commandLine(), message);
    }
  }
}
