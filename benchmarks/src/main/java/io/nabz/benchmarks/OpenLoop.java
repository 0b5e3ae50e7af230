package io.nabz.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Requests that are due by a schedule, over some connections. The time of each runs from when it
 * was due to its answer, so that one which waits for a free connection is charged for it.
 */
final class OpenLoop {
  /** One request of a sequence number; its status. */
  @FunctionalInterface
  interface Request {
    int send(PlainHttp connection, long sequence) throws IOException;
  }

  /**
   * What came of it.
   *
   * @param failures answers with another status than the wanted one
   */
  record Result(Histogram histogram, long failures) {}

  private OpenLoop() {}

  static Result run(
      int port, String token, int connections, Schedule schedule, int wanted, Request request)
      throws InterruptedException {
    AtomicLong next = new AtomicLong();
    AtomicLong failures = new AtomicLong();
    AtomicReference<IOException> broken = new AtomicReference<>();
    Histogram all = LatencyRecorder.emptyHistogram();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      Thread thread =
          new Thread(
              () -> {
                Histogram own = LatencyRecorder.emptyHistogram();
                try (PlainHttp connection = new PlainHttp(port, token)) {
                  for (long sequence = next.getAndIncrement();
                      sequence < schedule.events() && broken.get() == null;
                      sequence = next.getAndIncrement()) {
                    long due = schedule.intendedNanos(sequence);
                    awaitNanos(due);
                    if (request.send(connection, sequence) != wanted) {
                      failures.incrementAndGet();
                    }
                    if (schedule.isMeasured(sequence)) {
                      own.recordValue(System.nanoTime() - due);
                    }
                  }
                } catch (IOException e) {
                  broken.compareAndSet(null, e);
                }
                synchronized (all) {
                  all.add(own);
                }
              },
              "bench-load-" + i);
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    if (broken.get() != null) {
      throw new BenchException("a connection broke: " + broken.get().getMessage(), broken.get());
    }
    return new Result(all, failures.get());
  }

  static void awaitNanos(long due) {
    for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
      LockSupport.parkNanos(wait);
    }
  }
}
