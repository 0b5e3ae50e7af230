package io.nabz.api.backtest;

import static java.util.Objects.requireNonNull;

import io.nabz.api.kafka.KafkaSettings;
import io.nabz.api.threads.DaemonThreads;
import io.nabz.backtest.Backtest;
import io.nabz.backtest.BacktestException;
import io.nabz.backtest.BacktestPlan;
import io.nabz.backtest.Owners;
import io.nabz.customer.CustomerPolicy;
import io.nabz.rules.engine.CompiledRule;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts backtests, at most a few at once, and keeps what came of them for an hour. */
public final class BacktestDesk implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BacktestDesk.class);

  public static final int MAX_RUNNING = 2;
  private static final int MAX_KEPT = 50;
  private static final Duration KEPT = Duration.ofHours(1);
  private static final Duration MAX_TIME = Duration.ofMinutes(30);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Share of the heap that one may take. */
  private static final int HEAP_SHARE = 10;

  private final KafkaSettings kafka;
  private final Owners owners;
  private final Clock clock;
  private final Map<String, BacktestRun> runs = new LinkedHashMap<>();
  private final ExecutorService threads =
      Executors.newFixedThreadPool(MAX_RUNNING, new DaemonThreads("nabz-backtest"));

  public BacktestDesk(KafkaSettings kafka, Owners owners, Clock clock) {
    this.kafka = requireNonNull(kafka, "kafka is null");
    this.owners = requireNonNull(owners, "owners is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * Starts one.
   *
   * @param live the rule of the same id that runs now; null for none
   * @param from null for the beginning of what is kept
   * @param to null for now
   * @return empty if as many run as may
   * @throws IllegalArgumentException saying what is wrong with the range or the sample
   */
  public synchronized Optional<BacktestRun> start(
      String tenant,
      CompiledRule draft,
      CompiledRule live,
      Instant from,
      Instant to,
      double sample) {
    Instant now = clock.instant();
    BacktestPlan plan =
        new BacktestPlan(
            tenant,
            draft,
            live,
            from == null ? Instant.EPOCH : from,
            to == null ? now : to,
            sample,
            BacktestPlan.workersFor(draft, live),
            Runtime.getRuntime().maxMemory() / HEAP_SHARE,
            MAX_TIME,
            CustomerPolicy.DEFAULT);
    forget(now);
    if (runs.values().stream().filter(BacktestRun::isRunning).count() >= MAX_RUNNING) {
      return Optional.empty();
    }
    BacktestRun run =
        new BacktestRun(
            UUID.randomUUID().toString(),
            tenant,
            draft.rule().id(),
            draft.rule().audience(),
            plan.from(),
            plan.to(),
            sample,
            now,
            new Backtest(plan, owners));
    runs.put(run.id(), run);
    threads.execute(() -> work(run));
    return Optional.of(run);
  }

  /** One of the tenant's. */
  public synchronized Optional<BacktestRun> get(String tenant, String id) {
    return Optional.ofNullable(runs.get(id)).filter(run -> run.tenant().equals(tenant));
  }

  /** Ends it soon if it runs, and forgets it if not. */
  public synchronized void cancel(BacktestRun run) {
    if (run.isRunning()) {
      run.backtest.cancel();
    } else {
      runs.remove(run.id());
    }
  }

  private void work(BacktestRun run) {
    try {
      var result = run.backtest.run(kafka.client("nabz-api-backtest-" + run.id()));
      run.end(BacktestRun.State.DONE, clock.instant(), result, null);
    } catch (CancellationException e) {
      run.end(BacktestRun.State.CANCELLED, clock.instant(), null, null);
    } catch (InterruptedException | InterruptException e) {
      Thread.currentThread().interrupt();
      run.end(BacktestRun.State.CANCELLED, clock.instant(), null, null);
    } catch (BacktestException e) {
      run.end(BacktestRun.State.FAILED, clock.instant(), null, e.getMessage());
    } catch (KafkaException e) {
      LOG.warn("a backtest ended, the broker does not serve it: {}", e.toString());
      run.end(
          BacktestRun.State.FAILED,
          clock.instant(),
          null,
          "the history is not readable now; try again");
    } catch (RuntimeException e) {
      LOG.error("a backtest ended after an unexpected failure", e);
      run.end(
          BacktestRun.State.FAILED,
          clock.instant(),
          null,
          "it failed; the log of the API says why");
    }
  }

  private void forget(Instant now) {
    runs.values().removeIf(run -> !run.isRunning() && run.finishedAt().plus(KEPT).isBefore(now));
    var eldest = runs.values().iterator();
    while (runs.size() >= MAX_KEPT && eldest.hasNext()) {
      if (!eldest.next().isRunning()) {
        eldest.remove();
      }
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      runs.values().forEach(run -> run.backtest.cancel());
    }
    threads.shutdownNow();
    try {
      if (!threads.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("a backtest has not ended in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
