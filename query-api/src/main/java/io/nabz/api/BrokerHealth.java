package io.nabz.api;

import io.nabz.api.kafka.KafkaSettings;
import io.nabz.api.threads.DaemonThreads;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;

/** Asks the broker every two seconds whether it answers, so that a probe need not wait for it. */
final class BrokerHealth implements AutoCloseable {
  private static final Duration PERIOD = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Admin admin;
  private final ScheduledExecutorService scheduler =
      Executors.newSingleThreadScheduledExecutor(new DaemonThreads("nabz-broker-health"));
  private volatile String waitingFor = "its first answer";

  BrokerHealth(KafkaSettings kafka) {
    Properties properties = kafka.client("nabz-api-health");
    properties.put("request.timeout.ms", (int) PATIENCE.toMillis());
    properties.put("default.api.timeout.ms", (int) PATIENCE.toMillis());
    properties.put("reconnect.backoff.max.ms", 1_000);
    this.admin = Admin.create(properties);
    scheduler.scheduleWithFixedDelay(this::ask, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Null while the broker answers. */
  String waitingFor() {
    return waitingFor;
  }

  private void ask() {
    try {
      admin.describeCluster().nodes().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      waitingFor = null;
    } catch (ExecutionException | TimeoutException e) {
      waitingFor = "an answer";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    scheduler.shutdownNow();
    admin.close(PATIENCE);
  }
}
