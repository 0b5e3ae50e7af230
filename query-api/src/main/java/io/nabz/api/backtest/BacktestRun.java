package io.nabz.api.backtest;

import io.nabz.backtest.Backtest;
import io.nabz.backtest.BacktestResult;
import io.nabz.model.Audience;
import java.time.Instant;

/** One backtest from its start on, until it is forgotten. */
public final class BacktestRun {
  /** Where it is in its life. */
  enum State {
    RUNNING("running"),
    DONE("done"),
    CANCELLED("cancelled"),
    FAILED("failed");

    private final String code;

    State(String code) {
      this.code = code;
    }
  }

  /**
   * How it stands, as it is served.
   *
   * @param error of a failed one, what to do
   * @param result of one that is done
   */
  public record View(
      String backtestId,
      String ruleId,
      String state,
      Instant from,
      Instant to,
      double sample,
      Instant startedAt,
      Instant finishedAt,
      Progress progress,
      String error,
      BacktestResult result) {}

  /**
   * @param of how many records there are; null before that is known
   */
  public record Progress(long read, Long of) {}

  private final String id;
  private final String tenant;
  private final String ruleId;
  private final Audience audience;
  private final Instant from;
  private final Instant to;
  private final double sample;
  private final Instant startedAt;
  final Backtest backtest;
  private State state = State.RUNNING;
  private Instant finishedAt;
  private String error;
  private BacktestResult result;

  BacktestRun(
      String id,
      String tenant,
      String ruleId,
      Audience audience,
      Instant from,
      Instant to,
      double sample,
      Instant startedAt,
      Backtest backtest) {
    this.id = id;
    this.tenant = tenant;
    this.ruleId = ruleId;
    this.audience = audience;
    this.from = from;
    this.to = to;
    this.sample = sample;
    this.startedAt = startedAt;
    this.backtest = backtest;
  }

  public String id() {
    return id;
  }

  String tenant() {
    return tenant;
  }

  /** For whom the draft's alerts would be. */
  public Audience audience() {
    return audience;
  }

  synchronized boolean isRunning() {
    return state == State.RUNNING;
  }

  synchronized Instant finishedAt() {
    return finishedAt;
  }

  synchronized void end(State how, Instant at, BacktestResult what, String why) {
    state = how;
    finishedAt = at;
    result = what;
    error = why;
  }

  /** How it stands now. */
  public synchronized View view() {
    long total = backtest.total();
    return new View(
        id,
        ruleId,
        state.code,
        from,
        to,
        sample,
        startedAt,
        finishedAt,
        new Progress(backtest.read(), total < 0 ? null : total),
        error,
        result);
  }
}
