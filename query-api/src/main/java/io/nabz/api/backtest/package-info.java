/** Backtests of drafts, one beside another up to a bound, kept for a while when they are done. */
package io.nabz.api.backtest;
