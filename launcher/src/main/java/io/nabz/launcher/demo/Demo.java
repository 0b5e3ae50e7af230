package io.nabz.launcher.demo;

import static java.util.Objects.requireNonNull;

import io.nabz.launcher.replay.EventSink;
import io.nabz.launcher.replay.KafkaEventSink;
import io.nabz.launcher.replay.Pacer;
import io.nabz.model.CustomerResolver;
import io.nabz.model.Event;
import io.nabz.model.IdentifierNormaliser;
import java.time.Duration;
import java.util.Iterator;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Plays the script into the broker, each event at its time, until it is closed. */
public final class Demo implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Demo.class);
  private static final Duration RETRY = Duration.ofSeconds(5);

  private final String bootstrapServers;
  private final CustomerResolver resolver = new CustomerResolver(new IdentifierNormaliser("IR"));
  private final Pacer pacer = Pacer.system();
  private final Iterator<Event> script;
  private final Thread thread;
  private volatile boolean closed;

  private Demo(String bootstrapServers, double eventsPerSecond, long seed) {
    this.bootstrapServers = requireNonNull(bootstrapServers, "bootstrapServers is null");
    this.script = new DemoScript(seed, pacer.now(), eventsPerSecond);
    this.thread = new Thread(this::run, "nabz-demo");
    thread.setDaemon(true);
  }

  /** Starts at once: first the past of the last two hours in one burst, then live. */
  public static Demo start(String bootstrapServers, double eventsPerSecond, long seed) {
    Demo demo = new Demo(bootstrapServers, eventsPerSecond, seed);
    demo.thread.start();
    return demo;
  }

  private void run() {
    while (!closed) {
      try (EventSink sink = new KafkaEventSink(bootstrapServers, resolver, 2)) {
        while (!closed) {
          Event event = script.next();
          pacer.awaitUntil(event.time());
          sink.send(event);
        }
      } catch (InterruptedException | InterruptException e) {
        return;
      } catch (EventSink.SinkFailed e) {
        // A demo goes on when its broker comes back; what was due meanwhile is sent then.
        LOG.warn("demo: {}; trying again in {} s", e.getMessage(), RETRY.toSeconds());
        pause();
      }
    }
  }

  private void pause() {
    try {
      pacer.awaitUntil(pacer.now().plus(RETRY));
    } catch (InterruptedException e) {
      closed = true;
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(5).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
