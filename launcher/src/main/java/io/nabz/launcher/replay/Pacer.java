package io.nabz.launcher.replay;

import java.time.Instant;

/** Waits for moments of the wall clock. */
public interface Pacer {
  Instant now();

  /** Returns at that moment, or at once when it has passed. */
  void awaitUntil(Instant moment) throws InterruptedException;

  /** The clock and the sleep of this machine. */
  static Pacer system() {
    return new Pacer() {
      @Override
      public Instant now() {
        return Instant.now();
      }

      @Override
      public void awaitUntil(Instant moment) throws InterruptedException {
        long nanos = java.time.Duration.between(Instant.now(), moment).toNanos();
        if (nanos > 0) {
          java.util.concurrent.TimeUnit.NANOSECONDS.sleep(nanos);
        }
      }
    };
  }
}
