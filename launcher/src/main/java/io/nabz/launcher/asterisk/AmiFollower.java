package io.nabz.launcher.asterisk;

import static java.util.Objects.requireNonNull;

import io.nabz.launcher.replay.EventSink;
import io.nabz.model.Event;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.asteriskjava.manager.AuthenticationFailedException;
import org.asteriskjava.manager.DefaultManagerConnection;
import org.asteriskjava.manager.ManagerConnection;
import org.asteriskjava.manager.ManagerConnectionState;
import org.asteriskjava.manager.TimeoutException;
import org.asteriskjava.manager.event.ManagerEvent;

/**
 * Hears what a manager interface says and hands it to a sink. It connects again when the connection
 * ends; what was said meanwhile is not said again, which is why the queue log is the surer way.
 */
final class AmiFollower implements AutoCloseable {
  /** More than what a busy system says while a broker is slow. */
  private static final int MAX_WAITING = 100_000;

  private static final Duration RETRY = Duration.ofSeconds(2);
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final int READ_WITHIN_MS = 0;

  /** Where it is and who asks. */
  record Address(String host, int port, String user, String secret) {
    Address {
      requireNonNull(host, "host is null");
      requireNonNull(user, "user is null");
      requireNonNull(secret, "secret is null");
      if (port < 1 || port > 65_535) {
        throw new IllegalArgumentException("port must be 1 to 65535");
      }
    }

    /** Leaves out the secret. */
    @Override
    public String toString() {
      return host + ':' + port;
    }
  }

  private final Address address;
  private final QueueLogEvents events;
  private final EventSink sink;
  private final AmiLines lines = new AmiLines();
  private final BlockingQueue<ManagerEvent> heard = new LinkedBlockingQueue<>(MAX_WAITING);
  private final AtomicLong lost = new AtomicLong();
  private ManagerConnection connection;
  private long triedAtNanos;
  private boolean wasConnected;
  private long sent;

  AmiFollower(Address address, QueueLogEvents events, EventSink sink) {
    this.address = requireNonNull(address, "address is null");
    this.events = requireNonNull(events, "events is null");
    this.sink = requireNonNull(sink, "sink is null");
  }

  long sent() {
    return sent;
  }

  /** What was heard and had no place to wait. */
  long lost() {
    return lost.get();
  }

  /**
   * Keeps the connection and sends what was heard; to be called again and again.
   *
   * @throws AuthenticationFailedException when user or secret are refused
   */
  void look() throws AuthenticationFailedException, InterruptedException {
    if (!isConnected()) {
      connect();
    }
    List<QueueLogLine> said = new ArrayList<>();
    for (ManagerEvent event = heard.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        event != null;
        event = heard.poll()) {
      said.addAll(lines.of(event));
    }
    said.addAll(lines.overdue(Instant.now()));
    boolean any = false;
    for (QueueLogLine line : said) {
      for (Event made : events.of(line)) {
        sink.send(made);
        sent++;
        any = true;
      }
    }
    if (any) {
      sink.flush();
    }
  }

  boolean isConnected() {
    return connection != null && connection.getState() == ManagerConnectionState.CONNECTED;
  }

  private void connect() throws AuthenticationFailedException {
    if (triedAtNanos != 0 && System.nanoTime() - triedAtNanos < RETRY.toNanos()) {
      return;
    }
    triedAtNanos = System.nanoTime();
    if (wasConnected) {
      wasConnected = false;
      System.err.println(
          "nabz asterisk: the connection to " + address + " has ended; connecting again");
    }
    leave();
    DefaultManagerConnection opened =
        new DefaultManagerConnection(
            address.host(), address.port(), address.user(), address.secret());
    opened.setSocketTimeout((int) RETRY.toMillis());
    opened.setSocketReadTimeout(READ_WITHIN_MS);
    opened.addEventListener(
        event -> {
          if (!heard.offer(event)) {
            lost.incrementAndGet();
          }
        });
    connection = opened;
    try {
      opened.login();
      wasConnected = true;
      System.err.println("nabz asterisk: connected to " + address);
    } catch (IOException | TimeoutException | IllegalStateException e) {
      System.err.println(
          "nabz asterisk: " + address + " does not answer (" + e.getMessage() + "); trying again");
      leave();
    }
  }

  private void leave() {
    if (connection != null) {
      try {
        connection.logoff();
      } catch (IllegalStateException e) {
        // It was not connected.
      }
      connection = null;
    }
  }

  @Override
  public void close() {
    leave();
  }
}
