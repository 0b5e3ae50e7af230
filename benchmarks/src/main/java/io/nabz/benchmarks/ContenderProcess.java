package io.nabz.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The parent's side of {@link ContenderMain}. */
final class ContenderProcess implements AutoCloseable {
  private static final Duration READY_WITHIN = Duration.ofSeconds(120);
  private static final Duration STATE_WITHIN = Duration.ofSeconds(150);
  private static final Duration END_WITHIN = Duration.ofSeconds(5);
  private static final String ENDED = "ENDED";

  private final String name;
  private final Process process;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private volatile String failure;

  private ContenderProcess(String name, Process process) {
    this.name = name;
    this.process = process;
  }

  /** Starts the child; {@link #awaitReady()} is the other half, so that the child can be kept. */
  static ContenderProcess launch(
      Contender contender, String bootstrapServers, Path folder, LabOptions options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options.jobJvm());
    command.add("-Dlog4j2.configurationFile=nabz-bench-log4j2.xml");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(ContenderMain.class.getName());
    command.add(contender.name());
    command.add(bootstrapServers);
    command.add(folder.toString());
    command.add(Integer.toString(options.parallelism()));
    command.add(Integer.toString(options.managedMemoryMib()));
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      ContenderProcess child = new ContenderProcess(contender.name(), process);
      Thread reader = new Thread(child::readLines, "bench-" + contender.name() + "-lines");
      reader.setDaemon(true);
      reader.start();
      return child;
    } catch (IOException e) {
      throw new UncheckedIOException("no child JVM can be started", e);
    }
  }

  void awaitReady() throws InterruptedException {
    answer(ContenderMain.READY, READY_WITHIN);
  }

  long stateBytes() throws InterruptedException {
    try {
      process.getOutputStream().write((ContenderMain.STATE + "\n").getBytes(UTF_8));
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new BenchException("the JVM of " + name + " has ended", e);
    }
    String line = answer(ContenderMain.STATE, STATE_WITHIN);
    return Long.parseLong(line.substring(ContenderMain.STATE.length() + 1));
  }

  /**
   * @param signal a POSIX signal, without SIG
   */
  void signal(String signal) throws InterruptedException {
    try {
      int exit =
          new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
              .inheritIO()
              .start()
              .waitFor();
      if (exit != 0) {
        throw new BenchException("kill -%s ended with %d".formatted(signal, exit));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("kill cannot be run", e);
    }
  }

  /** Processor time that the child has used since its start. */
  Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  void checkHealth() {
    if (failure != null) {
      throw new BenchException(name + " failed: " + failure);
    }
  }

  private String answer(String expected, Duration within) throws InterruptedException {
    String line = lines.poll(within.toSeconds(), TimeUnit.SECONDS);
    if (line == null) {
      throw new BenchException(
          "%s did not say %s within %d s".formatted(name, expected, within.toSeconds()));
    }
    checkHealth();
    if (!line.startsWith(expected)) {
      throw new BenchException("%s said '%s' instead of %s".formatted(name, line, expected));
    }
    return line;
  }

  private void readLines() {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (line.startsWith(ContenderMain.FAILED)) {
          failure = line.substring(ContenderMain.FAILED.length()).strip();
        }
        lines.add(line);
      }
    } catch (IOException e) {
      // The stream of an ended process: said below.
    }
    if (failure == null) {
      failure = "its JVM ended";
    }
    lines.add(ENDED);
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // It has ended already.
    }
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
