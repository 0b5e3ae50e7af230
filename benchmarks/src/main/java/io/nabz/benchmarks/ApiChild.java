package io.nabz.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nabz.api.ApiMain;
import io.nabz.api.ApiOptions;
import io.nabz.api.auth.EmbeddedIssuer;
import io.nabz.api.auth.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The API, or the bare server it is compared with, in a JVM of its own. */
final class ApiChild implements AutoCloseable {
  static final List<String> JVM = List.of("-Xms512m", "-Xmx512m", "-XX:+UseG1GC");

  private static final Duration READY_WITHIN = Duration.ofSeconds(90);
  private static final Duration END_WITHIN = Duration.ofSeconds(10);

  private final Process process;
  private final int port;
  private final Path dataDir;
  private final HttpClient http = HttpClient.newHttpClient();

  private ApiChild(Process process, int port, Path dataDir) {
    this.process = process;
    this.port = port;
    this.dataDir = dataDir;
  }

  /** The product's API, ready. */
  static ApiChild api(String bootstrapServers, Path dataDir) throws InterruptedException {
    return api(bootstrapServers, dataDir, READY_WITHIN);
  }

  /** The product's API, ready within a time. */
  static ApiChild api(String bootstrapServers, Path dataDir, Duration readyWithin)
      throws InterruptedException {
    return start(
        ApiMain.class,
        dataDir,
        readyWithin,
        Map.of(
            "NABZ_BOOTSTRAP_SERVERS",
            bootstrapServers,
            "NABZ_DATA_DIR",
            dataDir.toString(),
            // What is measured is the API and not the limit.
            "NABZ_EVENTS_PER_SECOND",
            "10000000",
            "NABZ_READS_PER_SECOND",
            "1000000"));
  }

  /** A Javalin that acknowledges, and answers with one fixed document. */
  static ApiChild bare(Path dataDir) throws InterruptedException {
    return start(BareServer.class, dataDir, READY_WITHIN, Map.of());
  }

  private static ApiChild start(
      Class<?> main, Path dataDir, Duration readyWithin, Map<String, String> environment)
      throws InterruptedException {
    int port = freePort();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM);
    command.add("-Dlog4j2.configurationFile=nabz-bench-log4j2.xml");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.environment().put("NABZ_PORT", Integer.toString(port));
    try {
      ApiChild child =
          new ApiChild(
              builder
                  .redirectError(ProcessBuilder.Redirect.INHERIT)
                  .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                  .start(),
              port,
              dataDir);
      child.awaitReady(readyWithin);
      return child;
    } catch (IOException e) {
      throw new UncheckedIOException("no child JVM can be started", e);
    }
  }

  private void awaitReady(Duration within) throws InterruptedException {
    long until = System.nanoTime() + within.toNanos();
    while (System.nanoTime() < until) {
      if (!process.isAlive()) {
        throw new BenchException("the API has ended; its messages are above");
      }
      try {
        if (get("/readyz").statusCode() == 200) {
          return;
        }
      } catch (IOException e) {
        // Not listening yet.
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
    close();
    throw new BenchException("the API was not ready within " + within.toSeconds() + " s");
  }

  private java.net.http.HttpResponse<byte[]> get(String path)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(10))
            .build();
    return http.send(request, BodyHandlers.ofByteArray());
  }

  int port() {
    return port;
  }

  String token() {
    ApiOptions options = ApiOptions.of("unused", dataDir);
    return EmbeddedIssuer.open(options.authDir())
        .token("bench", Set.of(Role.values()), "default", Duration.ofHours(1));
  }

  /** The sum of a metric's samples whose line contains the word. */
  double metric(String name, String word) throws IOException, InterruptedException {
    return new String(get("/metrics").body(), UTF_8)
        .lines()
        .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
        .filter(line -> line.contains(word))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** What the heap holds after a full collection. */
  long heapBytes() throws IOException, InterruptedException {
    Process collection =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(process.pid()),
                "GC.run")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!collection.waitFor(30, TimeUnit.SECONDS) || collection.exitValue() != 0) {
      throw new BenchException("jcmd cannot collect the API's garbage; run on a JDK");
    }
    return (long) metric("jvm_memory_used_bytes", "area=\"heap\"");
  }

  Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("no port is free", e);
    }
  }

  /** Ends it as a crash would. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(END_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
