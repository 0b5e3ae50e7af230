package io.nabz.launcher;

import java.util.concurrent.CompletableFuture;
import sun.misc.Signal;

/** Ctrl-C and SIGTERM: the first asks for a clean stop, the second ends all at once. */
final class StopSignals {
  /** The shell's word for a process ended by Ctrl-C. */
  private static final int FORCED = 130;

  /** A terminal that closes says so more than once, and nobody is there to have meant it. */
  private static final String HANG_UP = "HUP";

  private final CompletableFuture<Void> received = new CompletableFuture<>();

  private StopSignals() {}

  static StopSignals install() {
    StopSignals stop = new StopSignals();
    for (String name : new String[] {"INT", "TERM", HANG_UP}) {
      try {
        Signal.handle(new Signal(name), signal -> stop.receive(signal.getName()));
      } catch (IllegalArgumentException e) {
        // Not a signal of this system.
        continue;
      }
    }
    return stop;
  }

  private void receive(String signal) {
    if (!received.complete(null) && !signal.equals(HANG_UP)) {
      // The broker would go when its standard input ends, but in its own time, and not at all if it
      // is what hangs.
      ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
      Runtime.getRuntime().halt(FORCED);
    }
  }

  CompletableFuture<Void> received() {
    return received;
  }
}
