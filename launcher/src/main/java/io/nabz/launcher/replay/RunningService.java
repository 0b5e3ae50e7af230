package io.nabz.launcher.replay;

import com.fasterxml.jackson.databind.JsonNode;
import io.nabz.model.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the broker of the service that runs on a data folder. */
public final class RunningService {
  private RunningService() {}

  /**
   * @throws IllegalStateException saying what to do when no service has written its address there
   */
  public static String bootstrapServers(Path dataDir) {
    Path file = dataDir.resolve("service.json");
    try {
      JsonNode servers = Json.tree(Files.readAllBytes(file)).path("bootstrapServers");
      if (servers.isTextual() && !servers.textValue().isBlank()) {
        return servers.textValue();
      }
    } catch (IOException e) {
      throw new IllegalStateException(
          "no running service found in %s; start it with ./nabz up, or name its folder with"
                  .formatted(dataDir)
              + " --data-dir, or a broker with --bootstrap-servers",
          e);
    }
    throw new IllegalStateException(
        file + " names no bootstrapServers; restart the service with ./nabz up");
  }
}
