package io.nabz.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nabz.api.auth.EmbeddedIssuer;
import io.nabz.api.auth.Role;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** {@code nabz up} as a real process on any free ports, and its HTTP API. */
final class UpProcess implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration READY_PATIENCE = Duration.ofMinutes(3);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path dataDir;
  private final Process process;
  private final Path talk;

  private UpProcess(Path dataDir, Path talk, Process process) {
    this.dataDir = dataDir;
    this.talk = talk;
    this.process = process;
  }

  /** Runs a command of the launcher, with its talk in a file beside the data folder. */
  static UpProcess run(Path dataDir, String... args) throws IOException {
    List<String> command = javaCommand(args);
    command.addAll(List.of("--data-dir", dataDir.toString()));
    Path talk = Files.createTempFile(dataDir.toAbsolutePath().getParent(), "talk", ".txt");
    Process process =
        new ProcessBuilder(command)
            .redirectError(talk.toFile())
            .redirectOutput(talk.toFile())
            .start();
    return new UpProcess(dataDir, talk, process);
  }

  /** Runs a command that needs no service, with its standard output in that file. */
  static void capture(Path stdout, String... args) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(javaCommand(args))
            .redirectOutput(stdout.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new AssertionError(String.join(" ", args) + " failed");
    }
  }

  private static List<String> javaCommand(String... args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC"));
    for (String opened : List.of("util", "lang", "time", "nio")) {
      command.add("--add-opens=java.base/java." + opened + "=ALL-UNNAMED");
    }
    command.add("-Dnabz.broker.lib=" + System.getProperty("nabz.broker.lib"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Nabz.class.getName()));
    command.addAll(List.of(args));
    return command;
  }

  /** A token of the service's own issuer that may do everything; the service need not run yet. */
  static String tokenOfAllRoles(Path dataDir) {
    return EmbeddedIssuer.open(dataDir.resolve("auth"))
        .token("test", Set.of(Role.values()), "default", Duration.ofHours(1));
  }

  /** Starts the service and returns when it is ready. */
  static UpProcess up(Path dataDir) throws IOException {
    UpProcess up = run(dataDir, "up", "--port=0", "--kafka-port=0", "--flink-port=0");
    Awaitility.await()
        .atMost(READY_PATIENCE)
        .failFast(up::requireAlive)
        .until(
            () -> Files.exists(dataDir.resolve("service.json")) && up.talk().contains("Sign in"));
    return up;
  }

  Process process() {
    return process;
  }

  /** What it said so far. */
  String talk() {
    try {
      return Files.readString(talk, UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void requireAlive() {
    if (!process.isAlive()) {
      throw new AssertionError("it ended; it said: " + talk());
    }
  }

  int awaitExit() throws InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new AssertionError("still running; it said: " + talk());
    }
    return process.exitValue();
  }

  HttpResponse<String> post(String path, String token, String type, String body)
      throws IOException, InterruptedException {
    return send(
        request(path, token)
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  HttpResponse<String> put(String path, String token, String body)
      throws IOException, InterruptedException {
    return send(request(path, token).PUT(HttpRequest.BodyPublishers.ofString(body)));
  }

  HttpResponse<String> delete(String path, String token) throws IOException, InterruptedException {
    return send(request(path, token).DELETE());
  }

  /** The JSON at the path, or a missing node when the answer is not 200. */
  JsonNode get(String path, String token) throws IOException, InterruptedException {
    HttpResponse<String> response = send(request(path, token));
    return response.statusCode() == 200 ? JSON.readTree(response.body()) : JSON.missingNode();
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path, String token) {
    return HttpRequest.newBuilder(URI.create(ServiceFile.of(dataDir).apiUrl() + path))
        .timeout(Duration.ofSeconds(30))
        .header("Authorization", "Bearer " + token);
  }

  @Override
  public void close() {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
  }
}
