package io.nabz.api.live;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One open stream: a bounded queue and a writer that never waits. Whoever offers a frame returns at
 * once; a client that does not keep up is cut off and can resume.
 */
public final class LiveClient {
  /** Frames that may wait for a client. */
  static final int CAPACITY = 512;

  private final ArrayDeque<Frame> queue = new ArrayDeque<>();
  private final AtomicInteger work = new AtomicInteger();
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private final Wire wire;
  private final Executor writers;
  private final Executor closer;
  private final Instant expiresAt;
  private final AtomicBoolean closed = new AtomicBoolean();
  private Frame latest;
  private Runnable whenDrained;
  private volatile boolean cut;
  private volatile boolean opened;
  private volatile boolean blocked;
  private volatile long blockedSinceNanos;
  private boolean unflushed;

  LiveClient(Wire wire, Executor writers, Executor closer, Instant expiresAt) {
    this.wire = requireNonNull(wire, "wire is null");
    this.writers = requireNonNull(writers, "writers is null");
    this.closer = requireNonNull(closer, "closer is null");
    this.expiresAt = requireNonNull(expiresAt, "expiresAt is null");
  }

  /** Completes when the stream has ended, for whatever reason. */
  public CompletableFuture<Void> done() {
    return done;
  }

  /** The container says that the wire takes bytes (again). */
  public void onWritePossible() {
    opened = true;
    schedule();
  }

  /** The container says that the client is gone. */
  public void onError() {
    close();
  }

  /** Queues a frame; with the queue full the client takes nothing and is cut off. */
  void offer(Frame frame) {
    boolean full;
    synchronized (queue) {
      full = queue.size() >= CAPACITY;
      if (!full) {
        queue.add(frame);
      }
    }
    if (full) {
      cut();
    } else {
      schedule();
    }
  }

  /** Queues a frame that makes an earlier one of its kind worthless, if that still waits. */
  void offerLatest(Frame frame) {
    synchronized (queue) {
      latest = frame;
    }
    schedule();
  }

  /** Sets what to run when nothing waits any more; null for nothing. */
  void whenDrained(Runnable action) {
    synchronized (queue) {
      whenDrained = action;
    }
    schedule();
  }

  /** Has the writer look again. */
  void proceed() {
    schedule();
  }

  /** How many more frames would fit. */
  int room() {
    synchronized (queue) {
      return CAPACITY - queue.size();
    }
  }

  boolean isExpired(Instant now) {
    return !now.isBefore(expiresAt);
  }

  /** Whether the client has taken nothing for so long, though there was something to take. */
  boolean isStalled(Duration patience) {
    return blocked && System.nanoTime() - blockedSinceNanos > patience.toNanos();
  }

  /** Ends the stream in order. */
  void close() {
    if (closed.compareAndSet(false, true)) {
      try {
        // What follows the end may take time, and nobody waits for it.
        closer.execute(() -> done.complete(null));
      } catch (RejectedExecutionException e) {
        done.complete(null);
      }
    }
  }

  /** Ends the stream now; the client's own reconnect resumes it. */
  void cut() {
    cut = true;
    wire.abort();
    close();
  }

  boolean isClosed() {
    return closed.get();
  }

  boolean wasCut() {
    return cut;
  }

  private void schedule() {
    if (opened && !closed.get() && work.getAndIncrement() == 0) {
      try {
        writers.execute(this::drain);
      } catch (RejectedExecutionException e) {
        close();
      }
    }
  }

  /** Runs on one thread at a time: who comes meanwhile only leaves a mark in {@code work}. */
  private void drain() {
    int seen = 1;
    do {
      try {
        writeAll();
      } catch (IOException | RuntimeException e) {
        onError();
        return;
      }
      seen = work.addAndGet(-seen);
    } while (seen != 0);
  }

  private void writeAll() throws IOException {
    while (!closed.get() && isWireReady()) {
      Frame next = poll();
      if (next != null) {
        wire.write(next.bytes());
        unflushed = true;
      } else if (hasSaidAll()) {
        // Had there been less to say than to look at, the action has asked to go on.
        if (unflushed) {
          unflushed = false;
          wire.flush();
        }
        return;
      }
    }
  }

  /** Asks for more before what there is goes out: the greeting and what was missed go as one. */
  private boolean hasSaidAll() {
    Runnable action;
    synchronized (queue) {
      action = whenDrained;
    }
    if (action != null) {
      action.run();
    }
    return room() == CAPACITY;
  }

  private boolean isWireReady() {
    boolean ready = wire.isReady();
    if (!ready && !blocked) {
      blockedSinceNanos = System.nanoTime();
    }
    blocked = !ready;
    return ready;
  }

  private Frame poll() {
    synchronized (queue) {
      Frame next = queue.poll();
      if (next == null) {
        next = latest;
        latest = null;
      }
      return next;
    }
  }
}
