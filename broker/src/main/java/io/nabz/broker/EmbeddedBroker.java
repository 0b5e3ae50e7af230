package io.nabz.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A real Kafka broker in a child process, on loopback. Knows no Kafka class; the child ends with
 * this process, however this process ends.
 */
public final class EmbeddedBroker implements AutoCloseable {
  /** Measured with the service idle; Kafka's own default of 1 GiB is for machines of its own. */
  private static final List<String> SMALL_JVM =
      List.of(
          "-Xms64m",
          "-Xmx256m",
          "-Xss512k",
          "-XX:+UseSerialGC",
          "-XX:MaxDirectMemorySize=64m",
          "-XX:ReservedCodeCacheSize=64m",
          "-XX:-UsePerfData",
          "-Xshare:auto",
          "-Djava.awt.headless=true",
          "-Dfile.encoding=UTF-8");

  private static final long GRACE_SECONDS = 10;

  private final BrokerOptions options;
  private final Process process;
  private final int port;

  private EmbeddedBroker(BrokerOptions options, Process process, int port) {
    this.options = options;
    this.process = process;
    this.port = port;
  }

  /** Starts a broker on any free port with its data in the folder. */
  public static EmbeddedBroker start(Path dataDir) {
    return start(BrokerOptions.of(dataDir));
  }

  /** Starts a broker and returns when it serves clients. */
  public static EmbeddedBroker start(BrokerOptions options) {
    Process process = launch(options);
    try {
      return new EmbeddedBroker(options, process, awaitReady(process, options));
    } catch (RuntimeException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  public int port() {
    return port;
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Completes when the child has ended, asked or not. */
  public CompletableFuture<Void> onExit() {
    return process.onExit().thenApply(ended -> null);
  }

  /** A broker on the same data and port, after this one has ended. */
  public EmbeddedBroker restart() {
    close();
    return start(options.withPort(port));
  }

  /** Ends the child as a crash would (SIGKILL) and returns when it is gone. */
  public void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
        kill();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private void awaitEnd() {
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Process launch(BrokerOptions options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(SMALL_JVM);
    command.addAll(options.jvmArgs());
    command.add("-Dlog4j2.configurationFile=nabz-broker-log4j2.properties");
    command.add("-Dnabz.broker.log=" + options.logFile());
    command.add("-cp");
    command.add(BrokerClassPath.find());
    command.add("io.nabz.broker.BrokerMain");
    command.add(options.dataDir().toString());
    command.add(Integer.toString(options.port()));
    try {
      Files.createDirectories(options.dataDir());
      Files.createDirectories(options.logFile().getParent());
      // Standard input stays open for as long as this process lives: its end is the child's sign.
      return new ProcessBuilder(command)
          .directory(options.dataDir().toFile())
          .redirectError(consoleFile(options).toFile())
          .start();
    } catch (IOException e) {
      throw new BrokerException(
          "the broker cannot use " + options.dataDir() + " (" + e.getMessage() + ")", e);
    }
  }

  private static int awaitReady(Process process, BrokerOptions options) {
    CompletableFuture<String> firstLine =
        CompletableFuture.supplyAsync(() -> readLine(process), reader -> daemon(reader).start());
    try {
      String line = firstLine.get(options.startTimeout().toMillis(), TimeUnit.MILLISECONDS);
      if (line != null && line.startsWith("READY ")) {
        return Integer.parseInt(line.substring("READY ".length()).trim());
      }
      String reason =
          line != null && line.startsWith("FAILED ")
              ? line.substring("FAILED ".length())
              : "it ended at once; see " + consoleFile(options);
      throw new BrokerException("The Kafka broker did not start: " + reason + ".");
    } catch (TimeoutException e) {
      throw new BrokerException(
          "The Kafka broker did not start within "
              + options.startTimeout().toSeconds()
              + " s; see "
              + options.logFile()
              + ".",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BrokerException("The start of the Kafka broker was interrupted.", e);
    } catch (ExecutionException e) {
      throw new BrokerException("The Kafka broker did not start: " + e.getCause() + ".", e);
    }
  }

  // The stream belongs to the process and is closed with it.
  private static String readLine(Process process) {
    try {
      return new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8)).readLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "nabz-broker-start");
    thread.setDaemon(true);
    return thread;
  }

  private static Path consoleFile(BrokerOptions options) {
    return options.logFile().resolveSibling(options.logFile().getFileName() + ".console");
  }
}
