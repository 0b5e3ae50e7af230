package io.nabz.launcher.demo;

import io.nabz.launcher.replay.Durations;
import io.nabz.launcher.replay.EventSink;
import io.nabz.launcher.replay.Pacer;
import io.nabz.launcher.replay.SinkOptions;
import io.nabz.model.CustomerResolver;
import io.nabz.model.Event;
import io.nabz.model.IdentifierNormaliser;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code ./nabz simulate}: sends the demo's contact centre to the running service, or prints it.
 */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    description = {
      "Sends an invented contact centre with a shop to the running service, live, until Ctrl-C.",
      "It begins with a past of two hours in one burst. The same seed tells the same stories.",
      "With --dry-run it does not wait for the events' times."
    })
public final class SimulateCommand implements Callable<Integer> {
  private static final int LINGER_MS = 2;

  @Spec private CommandSpec spec;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Mean events a second (default: ${DEFAULT-VALUE}).")
  private double rate = 20;

  @Option(names = "--seed", paramLabel = "S", description = "Default: ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Option(names = "--count", paramLabel = "N", description = "Stop after N events.")
  private Long count;

  @Option(
      names = "--duration",
      paramLabel = "D",
      description = "Stop after that time, e.g. 30s or 15m.")
  private String duration;

  @Mixin private SinkOptions to;

  @Override
  public Integer call() {
    if (count != null && (count < 1 || duration != null)) {
      throw usage("give either --count (at least 1) or --duration");
    }
    Pacer pacer = Pacer.system();
    Instant start = pacer.now();
    Instant end = Instant.MAX;
    DemoScript script;
    try {
      script = new DemoScript(seed, start, rate);
      end = duration == null ? end : start.plus(Durations.parse(duration));
    } catch (IllegalArgumentException e) {
      throw usage(e.getMessage());
    }
    long sent = 0;
    CustomerResolver resolver = new CustomerResolver(new IdentifierNormaliser("IR"));
    try (EventSink sink = to.open(resolver, LINGER_MS)) {
      while (count == null || sent < count) {
        Event event = script.next();
        if (event.time().isAfter(end)) {
          break;
        }
        if (!to.isDryRun()) {
          pacer.awaitUntil(event.time());
        }
        sink.send(event);
        sent++;
      }
      sink.flush();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IllegalStateException | EventSink.SinkFailed e) {
      System.err.println("nabz simulate: " + e.getMessage());
      return 1;
    }
    System.err.printf(java.util.Locale.ROOT, "sent %,d events%n", sent);
    return 0;
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
