package io.nabz.backtest;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** A worker in a thread of its own, fed in batches; a full queue holds up the reader. */
final class WorkerThread {
  private static final int BATCH = 256;
  private static final int BATCHES = 8;
  private static final List<Worker.Item> END = List.of();

  private final BlockingQueue<List<Worker.Item>> queue = new ArrayBlockingQueue<>(BATCHES);
  private final Worker worker;
  private final Thread thread;
  private List<Worker.Item> batch = new ArrayList<>(BATCH);
  private volatile RuntimeException failure;
  private volatile boolean stopped;

  WorkerThread(Worker worker, String name) {
    this.worker = worker;
    this.thread = new Thread(this::run, name);
    thread.setDaemon(true);
    thread.start();
  }

  void take(Worker.Item item) throws InterruptedException {
    batch.add(item);
    if (batch.size() == BATCH) {
      flush();
    }
  }

  private void flush() throws InterruptedException {
    put(batch);
    batch = new ArrayList<>(BATCH);
  }

  private void put(List<Worker.Item> items) throws InterruptedException {
    while (!queue.offer(items, 100, TimeUnit.MILLISECONDS)) {
      rethrow();
    }
    rethrow();
  }

  /** Waits until all that was given is done. */
  void finish() throws InterruptedException {
    flush();
    put(END);
    thread.join();
    rethrow();
  }

  /** Gives up; what is in the queue is dropped. */
  void stop() throws InterruptedException {
    stopped = true;
    queue.clear();
    queue.offer(END);
    thread.join();
  }

  private void rethrow() {
    if (failure != null) {
      throw failure;
    }
  }

  private void run() {
    try {
      for (List<Worker.Item> items = queue.take(); items != END; items = queue.take()) {
        for (Worker.Item item : items) {
          if (stopped) {
            return;
          }
          worker.take(item);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      failure = e;
      queue.clear();
    }
  }
}
