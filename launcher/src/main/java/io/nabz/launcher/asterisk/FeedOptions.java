package io.nabz.launcher.asterisk;

import io.nabz.launcher.DataDirOption;
import io.nabz.launcher.ServiceFile;
import io.nabz.launcher.TenantOption;
import io.nabz.launcher.replay.EventSink;
import io.nabz.launcher.replay.KafkaEventSink;
import io.nabz.launcher.replay.PrintingSink;
import io.nabz.model.CustomerResolver;
import io.nabz.model.IdentifierNormaliser;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What the ways of following a telephone system have in common. */
final class FeedOptions {
  @Option(
      names = "--source",
      paramLabel = "URI",
      description = "Names this telephone system in its events (default: ${DEFAULT-VALUE}).")
  private String source = "/pbx/asterisk";

  @Mixin private TenantOption tenant;

  @Option(
      names = "--default-region",
      paramLabel = "CC",
      description = "Country of phone numbers without a country code (default: ${DEFAULT-VALUE}).")
  private String region = "IR";

  @Option(names = "--dry-run", description = "Print the events as NDJSON; no broker is needed.")
  private boolean dryRun;

  @Mixin private DataDirOption dataDir;

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      description = "A Kafka broker, instead of that of the running service.")
  private String bootstrapServers;

  String source() {
    return source;
  }

  String tenant(CommandSpec spec) {
    return tenant.of(spec);
  }

  boolean isDryRun() {
    return dryRun;
  }

  Path dataDir() {
    return dataDir.path();
  }

  IdentifierNormaliser normaliser(CommandSpec spec) {
    try {
      return new IdentifierNormaliser(region);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--default-region: " + e.getMessage(), e);
    }
  }

  EventSink sink(IdentifierNormaliser normaliser) {
    if (dryRun) {
      return PrintingSink.standardOutput();
    }
    String servers =
        bootstrapServers != null
            ? bootstrapServers
            : ServiceFile.of(dataDir.path()).bootstrapServers();
    return new KafkaEventSink(servers, new CustomerResolver(normaliser), 2);
  }
}
