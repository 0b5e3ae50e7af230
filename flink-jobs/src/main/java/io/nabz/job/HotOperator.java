package io.nabz.job;

import java.time.Duration;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Runs a function that keeps its {@link HotState}, and has that written. */
class HotOperator<I, O> extends KeyedProcessOperator<String, I, O> {
  private static final long serialVersionUID = 1;

  /**
   * Longer spares more writes, but a checkpoint writes what is younger while events stand still.
   */
  private static final Duration WRITTEN_AFTER = Duration.ofSeconds(3);

  /** So often that a look finds little to write. */
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);

  /** One part in so many of the heap, for each such operator of the job. */
  private static final int SHARE_OF_HEAP = 32;

  private final HotFunction<I, O> function;
  private final Long mostBytes;
  private transient HotState hot;

  HotOperator(HotFunction<I, O> function) {
    this(function, null);
  }

  /**
   * @param mostBytes of heap to hold keys in; null for a part of what there is
   */
  HotOperator(HotFunction<I, O> function, Long mostBytes) {
    super(function);
    this.function = function;
    this.mostBytes = mostBytes;
  }

  @Override
  public void open() throws Exception {
    super.open();
    hot = new HotState(this, getProcessingTimeService()::getCurrentProcessingTime, mostBytes());
    function.open(hot);
    getProcessingTimeService()
        .scheduleWithFixedDelay(
            now -> hot.writeChangedUntil(now - WRITTEN_AFTER.toMillis()),
            LOOK_EVERY.toMillis(),
            LOOK_EVERY.toMillis());
  }

  private long mostBytes() {
    return mostBytes == null
        ? HotState.partOfHeap(
            SHARE_OF_HEAP, getContainingTask().getEnvironment().getTaskManagerInfo())
        : mostBytes;
  }

  @Override
  public void processElement(StreamRecord<I> element) throws Exception {
    super.processElement(element);
    hot.makeRoom();
  }

  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
    super.onEventTime(timer);
    hot.makeRoom();
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    super.prepareSnapshotPreBarrier(checkpointId);
    hot.writeAll();
  }

  @Override
  public void finish() throws Exception {
    hot.writeAll();
    super.finish();
  }
}
