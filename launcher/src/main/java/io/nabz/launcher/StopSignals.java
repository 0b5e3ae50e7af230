package io.nabz.launcher;

import java.util.concurrent.CompletableFuture;
import sun.misc.Signal;

/** Ctrl-C and SIGTERM: the first asks for a clean stop, the second forces it. */
final class StopSignals {
  /** The shell's word for a process ended by Ctrl-C. */
  private static final int FORCED = 130;

  private final CompletableFuture<Void> received = new CompletableFuture<>();

  private StopSignals() {}

  static StopSignals install() {
    StopSignals stop = new StopSignals();
    for (String name : new String[] {"INT", "TERM", "HUP"}) {
      try {
        Signal.handle(new Signal(name), signal -> stop.receive());
      } catch (IllegalArgumentException e) {
        // Not a signal of this system.
        continue;
      }
    }
    return stop;
  }

  private void receive() {
    if (!received.complete(null)) {
      // The broker child sees its standard input end and goes too.
      Runtime.getRuntime().halt(FORCED);
    }
  }

  CompletableFuture<Void> received() {
    return received;
  }
}
