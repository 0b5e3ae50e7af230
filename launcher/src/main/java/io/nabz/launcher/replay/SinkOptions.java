package io.nabz.launcher.replay;

import io.nabz.launcher.DataDirOption;
import io.nabz.launcher.ServiceFile;
import io.nabz.model.CustomerResolver;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where a command's events go: to the running service, to another broker, or on the screen. */
public final class SinkOptions {
  @Option(names = "--dry-run", description = "Print the events as NDJSON; no broker is needed.")
  private boolean dryRun;

  @Mixin private DataDirOption dataDir;

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      description = "A Kafka broker, instead of that of the running service.")
  private String bootstrapServers;

  public boolean isDryRun() {
    return dryRun;
  }

  public Path dataDir() {
    return dataDir.path();
  }

  /**
   * @param lingerMs how long an event may wait for others to be sent with
   * @throws io.nabz.launcher.LaunchException when no service runs that could take them
   */
  public EventSink open(CustomerResolver resolver, int lingerMs) {
    if (dryRun) {
      return PrintingSink.standardOutput();
    }
    String servers =
        bootstrapServers != null ? bootstrapServers : ServiceFile.of(dataDir()).bootstrapServers();
    return new KafkaEventSink(servers, resolver, lingerMs);
  }
}
