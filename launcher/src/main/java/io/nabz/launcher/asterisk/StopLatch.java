package io.nabz.launcher.asterisk;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ends a command's loop on Ctrl-C, and holds the end of the process until that has come out. */
final class StopLatch {
  private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

  private final CountDownLatch stop = new CountDownLatch(1);

  private StopLatch() {}

  /** For the loop of the thread that calls this. */
  static StopLatch onExit() {
    StopLatch latch = new StopLatch();
    Thread here = Thread.currentThread();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> latch.stop(here)));
    return latch;
  }

  /** False when the time is over and the loop goes on. */
  boolean await(Duration pause) throws InterruptedException {
    return stop.await(pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The process ends with the hook, so it waits until what is under way is safe. */
  private void stop(Thread loop) {
    stop.countDown();
    try {
      loop.join(STOP_WITHIN.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
