package io.nabz.launcher.asterisk;

import io.nabz.launcher.RegionOption;
import io.nabz.launcher.TenantOption;
import io.nabz.launcher.replay.EventSink;
import io.nabz.launcher.replay.SinkOptions;
import io.nabz.model.CustomerResolver;
import io.nabz.model.IdentifierNormaliser;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** What the ways of following a telephone system have in common. */
final class FeedOptions {
  private static final int LINGER_MS = 2;

  @Option(
      names = "--source",
      paramLabel = "URI",
      description = "Names this telephone system in its events (default: ${DEFAULT-VALUE}).")
  private String source = "/pbx/asterisk";

  @Mixin private TenantOption tenant;

  @Mixin private RegionOption region;

  @Mixin private SinkOptions to;

  String source() {
    return source;
  }

  String tenant(CommandSpec spec) {
    return tenant.of(spec);
  }

  boolean isDryRun() {
    return to.isDryRun();
  }

  Path dataDir() {
    return to.dataDir();
  }

  IdentifierNormaliser normaliser(CommandSpec spec) {
    return region.normaliser(spec);
  }

  EventSink sink(IdentifierNormaliser normaliser) {
    return to.open(new CustomerResolver(normaliser), LINGER_MS);
  }
}
