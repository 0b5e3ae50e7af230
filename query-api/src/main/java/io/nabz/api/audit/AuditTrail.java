package io.nabz.api.audit;

import static java.util.Objects.requireNonNull;

import io.nabz.api.intake.EventLog;
import io.nabz.api.intake.Outgoing;
import io.nabz.model.Json;
import io.nabz.model.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes the audit to its topic, beside the requests: nobody waits for it, and reading goes on
 * while the broker is away. What could not be written is counted; an alert belongs on that counter.
 */
public final class AuditTrail implements AutoCloseable {
  private static final int CAPACITY = 100_000;
  private static final int PIECE = 500;

  /**
   * Entries are gathered for so long: each request to the broker for a few of them would take
   * processor time from the reads that they tell of.
   */
  private static final Duration GATHER = Duration.ofMillis(50);

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final EventLog log;
  private final BlockingQueue<AuditEntry> waiting;
  private final AtomicLong lost = new AtomicLong();
  private final Thread thread = new Thread(this::run, "nabz-audit");
  private final CountDownLatch closing = new CountDownLatch(1);

  public AuditTrail(EventLog log) {
    this(log, CAPACITY);
  }

  AuditTrail(EventLog log, int capacity) {
    this.log = requireNonNull(log, "log is null");
    this.waiting = new ArrayBlockingQueue<>(capacity);
  }

  public void start() {
    thread.start();
  }

  public void add(AuditEntry entry) {
    if (!waiting.offer(entry)) {
      lost.incrementAndGet();
    }
  }

  /** How many entries are not in the topic and never will be. */
  public long lost() {
    return lost.get();
  }

  private void run() {
    List<AuditEntry> piece = new ArrayList<>(PIECE);
    while (closing.getCount() > 0 || !waiting.isEmpty()) {
      try {
        AuditEntry first = waiting.poll(100, TimeUnit.MILLISECONDS);
        if (first == null) {
          continue;
        }
        piece.add(first);
        if (waiting.size() < PIECE) {
          closing.await(GATHER.toMillis(), TimeUnit.MILLISECONDS);
        }
        waiting.drainTo(piece, PIECE - 1);
        write(piece);
        piece.clear();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void write(List<AuditEntry> piece) {
    int size = piece.size();
    log.append(piece.stream().map(AuditTrail::outgoing).toList())
        .whenComplete(
            (kept, error) -> {
              if (error != null) {
                lost.addAndGet(size);
              }
            });
  }

  private static Outgoing outgoing(AuditEntry entry) {
    return new Outgoing(
        Topic.AUDIT, entry.tenant() + '/' + entry.by(), Json.bytes(entry), Map.of());
  }

  /** Writes what waits, for a bounded time. */
  @Override
  public void close() {
    closing.countDown();
    try {
      thread.join(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
