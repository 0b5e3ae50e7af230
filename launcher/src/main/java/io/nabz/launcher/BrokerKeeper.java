package io.nabz.launcher;

import io.nabz.broker.BrokerException;
import io.nabz.broker.EmbeddedBroker;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the broker child back when it dies; gives up when it dies again and again. */
final class BrokerKeeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BrokerKeeper.class);
  private static final int MAX_DEATHS = 3;
  private static final Duration FORGIVEN_AFTER = Duration.ofMinutes(5);

  private final Consumer<String> tell;
  private final Consumer<String> giveUp;
  private EmbeddedBroker broker;
  private boolean closed;
  private int deaths;
  private long lastDeath;

  BrokerKeeper(EmbeddedBroker broker, Consumer<String> tell, Consumer<String> giveUp) {
    this.tell = tell;
    this.giveUp = giveUp;
    keep(broker);
  }

  private void keep(EmbeddedBroker fresh) {
    broker = fresh;
    fresh
        .onExit()
        .thenRunAsync(this::revive, work -> new Thread(work, "nabz-broker-keeper").start());
  }

  private synchronized void revive() {
    if (closed) {
      return;
    }
    long now = System.nanoTime();
    deaths = deaths > 0 && now - lastDeath < FORGIVEN_AFTER.toNanos() ? deaths + 1 : 1;
    lastDeath = now;
    if (deaths > MAX_DEATHS) {
      giveUp.accept("the Kafka broker died " + deaths + " times in a row; see its log");
      return;
    }
    tell.accept("the Kafka broker died; starting it again");
    try {
      keep(broker.restart());
      tell.accept("Kafka broker on %s (pid %d)".formatted(broker.bootstrapServers(), broker.pid()));
    } catch (BrokerException e) {
      LOG.error("The broker did not come back", e);
      giveUp.accept("the Kafka broker died and did not come back: " + e.getMessage());
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    broker.close();
  }
}
