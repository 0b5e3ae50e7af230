package io.nabz.api.warm;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nabz.api.intake.EventLog;
import io.nabz.api.kafka.KafkaSettings;
import io.nabz.api.threads.DaemonThreads;
import io.nabz.backtest.Owners;
import io.nabz.rules.engine.CompiledRule;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts rules warm, one at a time. */
public final class WarmDesk implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WarmDesk.class);
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final KafkaSettings kafka;
  private final EventLog log;
  private final Owners owners;
  private WarmRun running;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(new DaemonThreads("nabz-warm-start"));

  public WarmDesk(KafkaSettings kafka, EventLog log, Owners owners) {
    this.kafka = requireNonNull(kafka, "kafka is null");
    this.log = requireNonNull(log, "log is null");
    this.owners = requireNonNull(owners, "owners is null");
  }

  /**
   * @throws IllegalArgumentException saying why the rule can only begin with the next event
   */
  public static void check(CompiledRule rule) {
    String why = null;
    if (rule.rule().isAcross()) {
      why = "looks across customers";
    } else if (rule.waitsForWatermark()) {
      why = "has ordering: eventTime";
    } else if (!rule.rule().enabled()) {
      why = "is not enabled";
    }
    if (why != null) {
      throw new IllegalArgumentException(
          "a rule that " + why + " is not started warm; leave out start=warm");
    }
  }

  /**
   * Writes the rule and starts it warm; how that goes is in its status.
   *
   * @param write writes the rule, with the mark that it starts warm, and returns it
   * @return empty if another one is being started; nothing is written then
   * @throws EventLog.UnavailableException when the broker does not take it
   */
  public synchronized Optional<ObjectNode> start(String tenant, Supplier<ObjectNode> write) {
    if (running != null && !running.isOver()) {
      return Optional.empty();
    }
    WarmTalk talk;
    try {
      // Before the rule is written, so that no answer is missed.
      talk = new WarmTalk(kafka, log);
    } catch (KafkaException e) {
      throw new EventLog.UnavailableException(e);
    }
    try {
      ObjectNode rule = write.get();
      running = new WarmRun(tenant, rule, kafka, talk, owners);
    } catch (RuntimeException e) {
      talk.close();
      throw e;
    }
    thread.execute(running);
    return Optional.of(running.rule());
  }

  @Override
  public void close() {
    synchronized (this) {
      if (running != null) {
        running.cancel();
      }
    }
    thread.shutdownNow();
    try {
      if (!thread.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("a warm start has not ended in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
