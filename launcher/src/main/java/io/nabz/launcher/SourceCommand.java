package io.nabz.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import io.nabz.api.intake.Incoming;
import io.nabz.api.mapping.MappingException;
import io.nabz.api.sources.SourceKind;
import io.nabz.api.sources.Sources;
import io.nabz.model.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./nabz source}: what a payload would become, without sending it anywhere. */
@Command(
    name = "source",
    mixinStandardHelpOptions = true,
    description = "Prints the event that a webhook's payload would become; nothing is sent.")
final class SourceCommand implements Callable<Integer> {
  @ArgGroup(multiplicity = "1")
  private Which which;

  /** A kind that is shipped, or a mapping of one's own. */
  static final class Which {
    @Option(
        names = "--kind",
        paramLabel = "K",
        description = "chatwoot, shopify, woocommerce or generic.")
    private String kind;

    @Option(names = "--mapping", paramLabel = "FILE", description = "A mapping of your own.")
    private Path mapping;
  }

  @Option(
      names = "--header",
      paramLabel = "NAME=VALUE",
      description = "A header that came with it; may be given several times.")
  private Map<String, String> headers = new HashMap<>();

  @Parameters(paramLabel = "PAYLOAD", description = "File with the body as it was sent.")
  private Path payload;

  @Override
  public Integer call() {
    Map<String, String> named = new HashMap<>();
    headers.forEach((name, value) -> named.put(name.toLowerCase(Locale.ROOT), value));
    Incoming read;
    try {
      read = kind().read("try", named, Files.readAllBytes(payload));
    } catch (IOException e) {
      throw new LaunchException("cannot read " + e.getMessage(), e);
    } catch (MappingException e) {
      throw new LaunchException(e.getMessage(), e);
    }
    if (read.refusal() != null) {
      throw new LaunchException(read.refusal().detail());
    }
    for (JsonNode event : read.events()) {
      System.out.println(Json.string(event));
    }
    if (read.events().isEmpty()) {
      System.err.println("no row fits: nothing would be made of it");
    }
    return 0;
  }

  private SourceKind kind() throws IOException {
    if (which.kind != null) {
      return Sources.kind(which.kind);
    }
    try (InputStream in = Files.newInputStream(which.mapping)) {
      return SourceKind.read(in);
    }
  }
}
