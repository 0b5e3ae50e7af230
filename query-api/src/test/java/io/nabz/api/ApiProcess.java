package io.nabz.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The API in a process of its own, so that it can be killed. */
final class ApiProcess {
  private final Process process;

  private ApiProcess(Process process) {
    this.process = process;
  }

  /**
   * @param log takes what it says
   */
  static ApiProcess start(String bootstrapServers, Path dataDir, Path log) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            "io.nabz.api.ApiMain");
    builder
        .environment()
        .putAll(
            Map.of(
                "NABZ_BOOTSTRAP_SERVERS",
                bootstrapServers,
                "NABZ_DATA_DIR",
                dataDir.toString(),
                "NABZ_PORT",
                "0"));
    builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    if (!Files.exists(log)) {
      Files.createFile(log);
    }
    return new ApiProcess(builder.start());
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Without a word, as a machine that loses power. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the process does not end");
    }
  }
}
