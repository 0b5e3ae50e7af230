package io.nabz.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** The readers of all outputs of one run. */
final class Readers implements AutoCloseable {
  /** Late doubles and alerts have this long to turn up after the last record. */
  private static final Duration QUIET = Duration.ofSeconds(2);

  /** Nobody waits longer for it: of a million customers time alone changes one each second. */
  private static final Duration QUIET_WITHIN = Duration.ofSeconds(20);

  private static final Duration STEP = Duration.ofMillis(20);

  private final List<OutputReader> readers;

  private Readers(List<OutputReader> readers) {
    this.readers = readers;
  }

  static Readers start(Lab lab, List<Probe> probes, Function<Probe, EffectLog> logs) {
    List<OutputReader> readers = new ArrayList<>();
    for (Probe probe : probes) {
      readers.add(OutputReader.start(lab.bootstrapServers(), probe, logs.apply(probe)));
    }
    return new Readers(readers);
  }

  /**
   * Waits for every event's effect, then for quiet, as long as that can be hoped for: time alone
   * may go on to change customers. Returns early, incomplete, at the deadline.
   */
  void awaitComplete(Lab lab, Duration within) throws InterruptedException {
    long begin = System.nanoTime();
    await(lab, this::isComplete, within);
    Duration left = within.minusNanos(System.nanoTime() - begin);
    await(lab, this::isQuiet, left.compareTo(QUIET_WITHIN) < 0 ? left : QUIET_WITHIN);
  }

  /**
   * Waits until so many events' effects have been read in every topic that shows each of them.
   *
   * @return whether they were in time
   */
  boolean awaitCount(Lab lab, long count, Duration within) throws InterruptedException {
    await(lab, () -> leastCount() >= count, within);
    return leastCount() >= count;
  }

  private void await(Lab lab, BooleanSupplier condition, Duration within)
      throws InterruptedException {
    long deadline = System.nanoTime() + within.toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
      checkHealth(lab);
      TimeUnit.MILLISECONDS.sleep(STEP.toMillis());
    }
    checkHealth(lab);
  }

  long leastCount() {
    return readers.stream()
        .filter(reader -> reader.probe().everyEvent())
        .mapToLong(reader -> reader.effects().count())
        .min()
        .orElse(0);
  }

  private void checkHealth(Lab lab) {
    lab.checkHealth();
    readers.forEach(OutputReader::checkHealth);
  }

  private boolean isComplete() {
    return readers.stream()
        .allMatch(reader -> !reader.probe().everyEvent() || reader.effects().isComplete());
  }

  private boolean isQuiet() {
    long now = System.nanoTime();
    return readers.stream()
        .allMatch(reader -> now - reader.effects().lastNanos() > QUIET.toNanos());
  }

  @Override
  public void close() {
    readers.forEach(OutputReader::close);
  }
}
