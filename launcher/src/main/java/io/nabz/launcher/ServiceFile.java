package io.nabz.launcher;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Where a running service answers, for the other commands: {@code service.json} in its data folder,
 * there from ready until stopped.
 *
 * @param pid of the process that runs it
 */
public record ServiceFile(long pid, int apiPort, int flinkPort, String bootstrapServers) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NAME = "service.json";

  public ServiceFile {
    requireNonNull(bootstrapServers, "bootstrapServers is null");
  }

  public String apiUrl() {
    return "http://localhost:" + apiPort;
  }

  /** Written beside and moved, so that nobody reads half of it. */
  public void write(Path dataDir) throws IOException {
    Path fresh = Files.createTempFile(dataDir, NAME, ".new");
    DataDir.ownerOnly(fresh, "rw-------");
    Files.writeString(
        fresh,
        JSON.writerWithDefaultPrettyPrinter()
            .writeValueAsString(
                JSON.createObjectNode()
                    .put("pid", pid)
                    .put("api", apiUrl())
                    .put("apiPort", apiPort)
                    .put("flinkPort", flinkPort)
                    .put("bootstrapServers", bootstrapServers)));
    Files.move(
        fresh,
        dataDir.resolve(NAME),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  static void delete(Path dataDir) throws IOException {
    Files.deleteIfExists(dataDir.resolve(NAME));
  }

  /**
   * The service that runs on the folder.
   *
   * @throws LaunchException when none does
   */
  public static ServiceFile of(Path dataDir) {
    Path file = dataDir.toAbsolutePath().normalize().resolve(NAME);
    try {
      JsonNode json = JSON.readTree(Files.readString(file));
      ServiceFile service =
          new ServiceFile(
              json.path("pid").asLong(),
              json.path("apiPort").asInt(),
              json.path("flinkPort").asInt(),
              json.path("bootstrapServers").asText());
      if (ProcessHandle.of(service.pid()).filter(ProcessHandle::isAlive).isEmpty()) {
        throw notRunning(dataDir);
      }
      return service;
    } catch (JsonProcessingException e) {
      throw new LaunchException(file + " is damaged; restart the service with ./nabz up", e);
    } catch (IOException e) {
      throw notRunning(dataDir);
    }
  }

  private static LaunchException notRunning(Path dataDir) {
    return new LaunchException(
        "no service runs on %s; start it with ./nabz up, or name its folder with --data-dir"
            .formatted(dataDir.toAbsolutePath().normalize()));
  }
}
