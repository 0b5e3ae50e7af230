package io.nabz.launcher.asterisk;

import io.nabz.launcher.replay.EventSink;
import io.nabz.model.IdentifierNormaliser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.asteriskjava.manager.AuthenticationFailedException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./nabz asterisk ami}: follows the manager interface. */
@Command(
    name = "ami",
    mixinStandardHelpOptions = true,
    description = {
      "Follows the queues through Asterisk's manager interface, until Ctrl-C; connects again.",
      "What happens while there is no connection is lost: where the log can be read, queue-log is"
          + " the surer way. The interface is not encrypted; keep it on this machine or a tunnel."
    })
final class AmiCommand implements Callable<Integer> {
  private static final int DEFAULT_PORT = 5038;
  private static final Duration NO_PAUSE = Duration.ZERO;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "HOST[:PORT]",
      description = "The manager interface (port " + DEFAULT_PORT + " if left out).")
  private String address;

  @Option(
      names = "--user",
      paramLabel = "NAME",
      required = true,
      description = "As in manager.conf; it needs read = call,agent.")
  private String user;

  @Option(
      names = "--secret-file",
      paramLabel = "FILE",
      required = true,
      description = "File with the secret of manager.conf and nothing else.")
  private Path secretFile;

  @Mixin private FeedOptions feed;

  @Override
  public Integer call() throws InterruptedException {
    IdentifierNormaliser normaliser = feed.normaliser(spec);
    QueueLogEvents events =
        new QueueLogEvents(normaliser, feed.tenant(spec), feed.source(), List.of());
    AmiFollower.Address at = address();
    try (EventSink sink = feed.sink(normaliser);
        AmiFollower follower = new AmiFollower(at, events, sink)) {
      StopLatch stop = StopLatch.onExit();
      do {
        follower.look();
      } while (!stop.await(NO_PAUSE));
      System.err.printf(
          Locale.ROOT, "%,d events sent, %,d lost%n", follower.sent(), follower.lost());
      return 0;
    } catch (AuthenticationFailedException e) {
      System.err.println(
          "nabz asterisk: %s refuses user or secret; see manager.conf".formatted(at));
    } catch (EventSink.SinkFailed e) {
      System.err.println("nabz asterisk: " + e.getMessage());
    }
    return 1;
  }

  private AmiFollower.Address address() {
    int colon = address.lastIndexOf(':');
    String host = colon < 0 ? address : address.substring(0, colon);
    try {
      int port = colon < 0 ? DEFAULT_PORT : Integer.parseInt(address.substring(colon + 1));
      return new AmiFollower.Address(host, port, user, Files.readString(secretFile).strip());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(), "'" + address + "' is no address; write e.g. 127.0.0.1:5038", e);
    } catch (IOException e) {
      throw new ParameterException(
          spec.commandLine(), "--secret-file: cannot read " + secretFile, e);
    }
  }
}
