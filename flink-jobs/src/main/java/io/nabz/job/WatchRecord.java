package io.nabz.job;

import io.nabz.rules.watch.QueueQuarter;

/** What a rule that watches gets to know of a source or a queue. */
public class WatchRecord {
  /** {@code CrowdKey}. */
  public String key;

  /** When the source was heard of, epoch milliseconds; only of a source. */
  public long atMs;

  /** Null of a source. */
  public QueueQuarter quarter;

  public WatchRecord() {}

  static WatchRecord heard(String key, long atMs) {
    WatchRecord record = new WatchRecord();
    record.key = key;
    record.atMs = atMs;
    return record;
  }

  static WatchRecord of(String key, QueueQuarter quarter) {
    WatchRecord record = new WatchRecord();
    record.key = key;
    record.quarter = quarter;
    return record;
  }
}
