package io.nabz.launcher;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option of commands that need a service's folder. */
public final class DataDirOption {
  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "Folder of the service: topics, state, keys and logs (default: ${DEFAULT-VALUE}).")
  private Path dataDir = DataDir.DEFAULT;

  public Path path() {
    return dataDir;
  }

  /** Where its keys and those of sources are. */
  Path auth() {
    return dataDir.resolve("auth");
  }
}
