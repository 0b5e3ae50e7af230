package io.nabz.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The child JVM of one contender. Says {@code READY} on standard output when every task runs,
 * answers {@code STATE} with the state's size, ends when standard input does: with its parent, that
 * is, however the parent ends.
 */
final class ContenderMain {
  static final String READY = "READY";
  static final String STATE = "STATE";
  static final String FAILED = "FAILED";
  private static final int OK = 0;
  private static final int BROKEN = 1;

  private ContenderMain() {}

  /**
   * @param arguments contender, bootstrap servers, folder, parallelism, managed memory in MiB
   */
  public static void main(String[] arguments) {
    try {
      ContenderCluster cluster =
          ContenderCluster.start(
              Contenders.named(arguments[0]),
              arguments[1],
              Path.of(arguments[2]),
              Integer.parseInt(arguments[3]),
              Integer.parseInt(arguments[4]));
      say(READY);
      watch(cluster);
      answer(cluster);
      // Nothing is worth saving, so nobody waits for an orderly end.
      Runtime.getRuntime().halt(OK);
    } catch (Throwable e) {
      fail(e);
    }
  }

  private static void answer(ContenderCluster cluster) throws Exception {
    BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    for (String line = questions.readLine(); line != null; line = questions.readLine()) {
      if (line.equals(STATE)) {
        say(STATE + " " + cluster.stateBytes());
      } else {
        throw new IOException("unknown question '" + line + "'");
      }
    }
  }

  private static void watch(ContenderCluster cluster) {
    ScheduledExecutorService watcher =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "bench-watch");
              thread.setDaemon(true);
              return thread;
            });
    var unused =
        watcher.scheduleWithFixedDelay(
            () -> {
              try {
                cluster.checkRunning();
              } catch (Throwable e) {
                fail(e);
              }
            },
            1,
            1,
            TimeUnit.SECONDS);
  }

  private static void fail(Throwable e) {
    e.printStackTrace();
    say(FAILED + " " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    Runtime.getRuntime().halt(BROKEN);
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
