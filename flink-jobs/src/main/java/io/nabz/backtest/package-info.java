/** What a draft of a rule would have done over the kept history; knows no Flink. */
package io.nabz.backtest;
