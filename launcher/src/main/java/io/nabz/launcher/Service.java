package io.nabz.launcher;

import io.nabz.api.ApiOptions;
import io.nabz.api.ApiServer;
import io.nabz.broker.BrokerOptions;
import io.nabz.broker.EmbeddedBroker;
import io.nabz.launcher.demo.Demo;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole service on one machine. Its parts start side by side, as far as one does not need the
 * other, and stop in the order of the stream.
 */
final class Service implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Service.class);

  /** Further arguments of the broker's JVM, one a line; ./nabz names a class archive in it. */
  private static final String BROKER_JVM = "nabz.broker.jvm";

  private final UpOptions options;
  private final DataDir dataDir;
  private final Console console;
  private final CompletableFuture<String> end = new CompletableFuture<>();
  private final Executor threads = work -> new Thread(work, "nabz-start").start();

  private boolean closed;
  private BrokerKeeper broker;
  private EmbeddedFlink flink;
  private ApiServer api;
  private AutoCloseable demo;

  Service(UpOptions options, DataDir dataDir, Console console) {
    this.options = options;
    this.dataDir = dataDir;
    this.console = console;
  }

  /**
   * Starts everything and returns when it is ready.
   *
   * @throws LaunchException when a part does not start; the caller closes what did
   */
  void start() {
    CompletableFuture<String> kafka = CompletableFuture.supplyAsync(this::startKafka, threads);
    CompletableFuture<EmbeddedFlink> cluster =
        CompletableFuture.supplyAsync(this::startFlink, threads);
    CompletableFuture<Void> job = kafka.thenAcceptBothAsync(cluster, this::startJob, threads);
    CompletableFuture<Void> serving = kafka.thenAcceptAsync(this::startApi, threads);
    await(CompletableFuture.allOf(job, serving), kafka, cluster, job, serving);

    String bootstrapServers = kafka.join();
    publish(new ServiceFile(pid(), api.port(), flink.webPort(), bootstrapServers));
    if (options.demo()) {
      keep(() -> demo = Demo.start(bootstrapServers, options.demoRate(), options.demoSeed()));
      console.step(
          "demo: a synthetic contact centre and shop, %s events/s, seed %d"
              .formatted(options.demoRate(), options.demoSeed()));
    }
    console.step("ready");
    console.say("");
    console.say("  Pages and API  " + api.url());
    console.say("  Flink          http://localhost:" + flink.webPort());
    console.say("  Kafka          " + bootstrapServers);
    console.say("  Data and logs  " + dataDir.root());
    console.say("");
    console.say("  Sign in        " + api.signInLink());
    console.say("  (works once; ./nabz signin prints another. Ctrl-C stops the service.)");
    console.say("");
  }

  /** Completes with a sentence when the service cannot go on. */
  CompletableFuture<String> end() {
    return end;
  }

  private String startKafka() {
    String servers = options.bootstrapServers();
    if (servers == null) {
      BrokerOptions brokerOptions =
          BrokerOptions.of(dataDir.kafka())
              .withPort(options.kafkaPort())
              .withLogFile(dataDir.logs().resolve("kafka.log"))
              .withJvmArgs(System.getProperty(BROKER_JVM, "").lines().toList());
      EmbeddedBroker started = EmbeddedBroker.start(brokerOptions);
      keep(() -> broker = new BrokerKeeper(started, console::step, end::complete));
      servers = started.bootstrapServers();
      console.step("Kafka broker on " + servers + " (pid " + started.pid() + ")");
    }
    Topics.create(servers);
    return servers;
  }

  private EmbeddedFlink startFlink() {
    try {
      EmbeddedFlink started = EmbeddedFlink.start(dataDir, options.flinkPort());
      keep(() -> flink = started);
      console.step("Flink on http://localhost:" + started.webPort());
      return started;
    } catch (Exception e) {
      throw new LaunchException("Flink did not start: " + e.getMessage(), e);
    }
  }

  private void startJob(String bootstrapServers, EmbeddedFlink cluster) {
    try {
      CompletableFuture<JobResult> result =
          cluster.runJob(bootstrapServers, message -> console.step("job: " + message));
      console.step("job: running");
      result.whenComplete((ended, error) -> end.complete(whyEnded(ended, error)));
    } catch (EmbeddedFlink.JobStartException e) {
      throw new LaunchException("the job did not start: " + e.getMessage(), e);
    } catch (Exception e) {
      throw new LaunchException("the job could not be submitted: " + e.getMessage(), e);
    }
  }

  private String whyEnded(JobResult ended, Throwable error) {
    Throwable reason =
        error != null || ended == null
            ? error
            : ended.getSerializedThrowable().map(Throwable.class::cast).orElse(null);
    LOG.error("The job ended", reason);
    return "the Flink job ended and cannot go on%s; see %s"
        .formatted(
            reason == null ? "" : " (" + reason.getMessage() + ")",
            dataDir.logs().resolve("nabz.log"));
  }

  private void startApi(String bootstrapServers) {
    try {
      ApiServer started =
          ApiServer.start(ApiOptions.of(bootstrapServers, dataDir.root()).withPort(options.port()));
      keep(() -> api = started);
      console.step("API and pages on " + started.url());
    } catch (Exception e) {
      throw new LaunchException("the API did not start: " + e.getMessage(), e);
    }
  }

  private void publish(ServiceFile file) {
    try {
      file.write(dataDir.root());
    } catch (IOException e) {
      throw new LaunchException(
          "cannot write in %s: %s".formatted(dataDir.root(), e.getMessage()), e);
    }
  }

  /** The first part that fails ends the start; the others are closed as they come up. */
  private static void await(CompletableFuture<Void> all, CompletableFuture<?>... parts) {
    CompletableFuture<Void> firstFailure = new CompletableFuture<>();
    for (CompletableFuture<?> part : parts) {
      part.exceptionally(
          error -> {
            firstFailure.completeExceptionally(error);
            return null;
          });
    }
    try {
      CompletableFuture.anyOf(all, firstFailure).join();
    } catch (CompletionException e) {
      LOG.error("The service did not start", e.getCause());
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private interface Part {
    void take() throws Exception;
  }

  /** Takes a part that came up, unless the service is being closed already. */
  private synchronized void keep(Part part) {
    try {
      part.take();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new LaunchException(e.getMessage(), e);
    }
    if (closed) {
      closeParts();
      throw new CancellationException("the service is being stopped");
    }
  }

  /** Stops what feeds, then what serves, then what computes, then what keeps. */
  @Override
  public synchronized void close() {
    closed = true;
    closeParts();
    try {
      ServiceFile.delete(dataDir.root());
    } catch (IOException e) {
      LOG.warn("Cannot delete the service file", e);
    }
  }

  private void closeParts() {
    close(demo);
    close(api);
    close(flink);
    close(broker);
    demo = null;
    api = null;
    flink = null;
    broker = null;
  }

  private static void close(AutoCloseable part) {
    if (part == null) {
      return;
    }
    try {
      part.close();
    } catch (Exception e) {
      LOG.warn("{} did not stop well", part.getClass().getSimpleName(), e);
    }
  }

  private static long pid() {
    return ProcessHandle.current().pid();
  }
}
