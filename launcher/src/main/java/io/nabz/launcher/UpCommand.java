package io.nabz.launcher;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./nabz up}: the whole service on this machine until it is told to stop. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = {
      "Runs the whole service on this machine: Kafka, Flink, the API and the pages, on loopback.",
      "It takes up where it left off and stops cleanly on Ctrl-C, at once on a second one."
    })
final class UpCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description =
          "Port of the API and the pages; 0 takes any free one (default: ${DEFAULT-VALUE}).")
  private int port = 8080;

  @Option(
      names = "--kafka-port",
      paramLabel = "PORT",
      description = "Port of the Kafka broker (default: ${DEFAULT-VALUE}).")
  private int kafkaPort = 9092;

  @Option(
      names = "--flink-port",
      paramLabel = "PORT",
      description = "Port of Flink's web page (default: ${DEFAULT-VALUE}).")
  private int flinkPort = 8081;

  @Mixin private DataDirOption dataDir;

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      description = "Your own Kafka instead of the embedded broker; missing topics are created.")
  private String bootstrapServers;

  @Option(names = "--demo", description = "Feed it a lively synthetic contact centre with a shop.")
  private boolean demo;

  @Option(
      names = "--demo-rate",
      paramLabel = "N",
      description = "Events of the demo a second (default: ${DEFAULT-VALUE}).")
  private double demoRate = 10;

  @Option(
      names = "--demo-seed",
      paramLabel = "S",
      description = "The same seed tells the same story (default: ${DEFAULT-VALUE}).")
  private long demoSeed = 1;

  @Option(
      names = "--until-ready",
      hidden = true,
      description = "Stop as soon as it is ready: the build's training run for class data sharing.")
  private boolean untilReady;

  @Override
  public Integer call() throws IOException {
    UpOptions options = options();
    Ports.requireFree("--port", port);
    Ports.requireFree("--flink-port", flinkPort);
    if (bootstrapServers == null) {
      Ports.requireFree("--kafka-port", kafkaPort);
    }
    StopSignals stop = StopSignals.install();
    Console console = Console.standard();
    try (DataDir dir = DataDir.open(dataDir.path())) {
      Logging.toFiles(dir.logs());
      console.step("starting on " + dir.root());
      try (Service service = new Service(options, dir, console)) {
        return run(service, stop, console, untilReady);
      }
    }
  }

  private static int run(Service service, StopSignals stop, Console console, boolean untilReady) {
    CompletableFuture<Void> started =
        CompletableFuture.runAsync(service::start, work -> new Thread(work, "nabz-up").start());
    try {
      CompletableFuture.anyOf(started, stop.received()).join();
      if (untilReady) {
        stop.received().complete(null);
      }
      CompletableFuture.anyOf(service.end(), stop.received()).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
    if (stop.received().isDone()) {
      console.step("stopping; press Ctrl-C again to end at once");
      service.close();
      console.step("stopped");
      return 0;
    }
    throw new LaunchException(service.end().join());
  }

  private UpOptions options() {
    try {
      return new UpOptions(port, kafkaPort, flinkPort, bootstrapServers, demo, demoRate, demoSeed);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
