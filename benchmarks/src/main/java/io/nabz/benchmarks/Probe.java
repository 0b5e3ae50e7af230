package io.nabz.benchmarks;

import java.util.List;

/** Watches one output topic of one run and tells which events' effects are in a record. */
public interface Probe {
  /** What the time to it is called in the table, e.g. {@code event -> alert}. */
  String title();

  String topic();

  /** Whether each event must be seen here; otherwise as many as there happen to be. */
  boolean everyEvent();

  /** Is told of each event before any record is read, in the order in which they are sent. */
  default void sent(byte[] key, long sequence) {}

  /** Reports the effects that the record makes readable. Called by one thread only. */
  void read(byte[] key, byte[] value, EffectLog effects);

  /** What is wrong with all that was read, in sentences; asked once, when the reading has ended. */
  default List<String> problems() {
    return List.of();
  }
}
