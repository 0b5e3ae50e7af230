package io.nabz.launcher.replay;

import io.nabz.launcher.RegionOption;
import io.nabz.model.CustomerResolver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./nabz replay FORMAT FILE}: feeds a recorded data set to the running service. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Feeds a recorded data set to the running service, in event-time order.",
      "Formats: anonbank (calls of a bank), otto (shop sessions), taobao (shop clicks), cloudevents"
          + " (NDJSON). Files may be gzipped. A second replay of a recording changes nothing."
    })
public final class ReplayCommand implements Callable<Integer> {
  /** Nobody waits for a single event; full batches cost the broker least. */
  private static final int FULL_SPEED_LINGER_MS = 10;

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "FORMAT", description = "What the recording is written in.")
  private String format;

  @Parameters(
      index = "1",
      paramLabel = "FILE",
      description = "The recording; - for standard input.")
  private String file;

  @Option(
      names = "--speed",
      paramLabel = "N",
      description =
          "N times real time by the recording's own clock (default: as fast as possible).")
  private Double speed;

  @Option(
      names = "--as-live",
      description =
          "Shift the recording by one constant so that its last event is sent at its own time: it"
              + " ends now when sent at once, and starts now with --speed 1.")
  private boolean asLive;

  @Option(names = "--limit", paramLabel = "N", description = "Send at most N events.")
  private long limit = Long.MAX_VALUE;

  @Mixin private RegionOption region;

  @Mixin private SinkOptions to;

  @Override
  public Integer call() {
    CustomerResolver resolver = new CustomerResolver(region.normaliser(spec));
    Adapter adapter = Adapters.find(format, resolver);
    if (adapter == null) {
      throw usage("unknown format '%s'; known are %s", format, String.join(", ", Adapters.names()));
    }
    if (speed != null && !(speed > 0 && speed <= 1e9)) {
      throw usage("--speed must be a positive number, e.g. 60 for an hour a minute");
    }
    if (limit < 1) {
      throw usage("--limit must be at least 1");
    }
    Pacer pacer = Pacer.system();
    Progress progress = new Progress(System.err, Progress.errorIsTerminal(), pacer.now());
    Replay replay =
        new Replay(
            adapter,
            new Replay.Options(speed == null ? 0 : speed, asLive, limit),
            progress,
            pacer,
            resolver);
    Instant start = pacer.now();
    boolean complete = false;
    try (Recording recording = open();
        EventSink sink = to.open(resolver, speed == null ? FULL_SPEED_LINGER_MS : 0)) {
      replay.run(recording, sink);
      complete = true;
    } catch (IOException e) {
      say("cannot read %s to its end (%s); is it damaged or cut off?", file, e.getMessage());
    } catch (IllegalArgumentException | IllegalStateException | EventSink.SinkFailed e) {
      say("%s", e.getMessage());
    }
    if (complete || replay.summary().records() > 0) {
      System.err.print(replay.summary().show(Duration.between(start, pacer.now())));
    }
    if (complete && replay.summary().sent() == 0) {
      say("nothing was sent: %s holds no usable %s records", file, format);
    }
    return complete && replay.summary().sent() > 0 ? 0 : 1;
  }

  private Recording open() throws IOException {
    if (file.equals("-")) {
      return new Recording(System.in, -1);
    }
    Path path = Path.of(file);
    if (!Files.isReadable(path) || Files.isDirectory(path)) {
      throw new IllegalArgumentException(file + " is no readable file");
    }
    return Recording.open(path);
  }

  private ParameterException usage(String format, Object... values) {
    return new ParameterException(spec.commandLine(), format.formatted(values));
  }

  private static void say(String format, Object... values) {
    System.err.println("nabz replay: " + format.formatted(values));
  }
}
