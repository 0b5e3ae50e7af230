package io.nabz.backtest;

/** Why a backtest cannot go on; the message says what to do instead. */
public final class BacktestException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public BacktestException(String message) {
    super(message, null, false, false);
  }
}
