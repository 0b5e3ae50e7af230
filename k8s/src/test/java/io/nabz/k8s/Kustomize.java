package io.nabz.k8s;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The kustomize on the PATH, by itself or inside kubectl; only 4 and newer know components. */
record Kustomize(List<String> command) {

  static final String WANTED =
      "put kubectl 1.24 or newer, or kustomize 4 or newer, on the PATH: without it the overlays of k8s/ are not"
          + " rendered";

  private static final Pattern VERSION = Pattern.compile("(?:Kustomize Version: *|^|/)v(\\d+)\\.");
  private static final int OLDEST_MAJOR = 4;

  /** The first renderer that is new enough. */
  static Optional<Kustomize> find() {
    return Optional.<Kustomize>empty()
        .or(() -> onPath("kustomize", List.of("version"), List.of("build")))
        .or(() -> onPath("kubectl", List.of("version", "--client"), List.of("kustomize")));
  }

  /** What `kubectl apply -k FOLDER` would send. */
  String render(Path folder) {
    List<String> line = new ArrayList<>(command);
    line.add(folder.toString());
    Output output = run(line);
    if (output.status != 0) {
      throw new IllegalStateException(String.join(" ", line) + " failed: " + output.text);
    }
    return output.text;
  }

  private static Optional<Kustomize> onPath(
      String program, List<String> askVersion, List<String> build) {
    return Pattern.compile(Pattern.quote(File.pathSeparator))
        .splitAsStream(System.getenv().getOrDefault("PATH", ""))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .filter(executable -> majorOf(run(concat(executable, askVersion))) >= OLDEST_MAJOR)
        .map(executable -> new Kustomize(concat(executable, build)))
        .findFirst();
  }

  /** Zero when the program does not tell a kustomize version, as a kubectl before 1.24 does not. */
  private static int majorOf(Output output) {
    Matcher version = VERSION.matcher(output.text);
    return version.find() ? Integer.parseInt(version.group(1)) : 0;
  }

  private static List<String> concat(Path executable, List<String> arguments) {
    List<String> line = new ArrayList<>();
    line.add(executable.toString());
    line.addAll(arguments);
    return List.copyOf(line);
  }

  private static Output run(List<String> line) {
    try {
      Process process =
          new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      process.getOutputStream().close();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(1, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new IllegalStateException(String.join(" ", line) + " did not end within a minute");
      }
      return new Output(process.exitValue(), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private record Output(int status, String text) {}
}
