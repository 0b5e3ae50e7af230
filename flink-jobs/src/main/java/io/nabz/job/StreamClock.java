package io.nabz.job;

import io.nabz.clock.EventClock;
import java.time.Duration;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;
import org.apache.flink.util.function.ThrowingRunnable;

/**
 * The {@link EventClock} of an operator: kept in operator state, {@code clock}, so that a restart
 * takes it up where it stood, and looked at so often that it goes on while nothing comes.
 */
final class StreamClock {
  static final ListStateDescriptor<ClockMark> CLOCK =
      new ListStateDescriptor<>("clock", TypeInformation.of(ClockMark.class));

  private static final Duration TICK = Duration.ofMillis(100);

  private final ProcessingTimeService wall;
  private final EventClock clock;
  private final ListState<ClockMark> marks;

  private StreamClock(ProcessingTimeService wall, EventClock clock, ListState<ClockMark> marks) {
    this.wall = wall;
    this.clock = clock;
    this.marks = marks;
  }

  /** For {@code initializeState}. */
  static StreamClock restore(
      StateInitializationContext context, JobOptions options, ProcessingTimeService wall)
      throws Exception {
    EventClock clock =
        new EventClock(
            wall.getCurrentProcessingTime(), options.startupGrace(), options.idleAfter());
    ListState<ClockMark> marks = context.getOperatorStateStore().getUnionListState(CLOCK);
    for (ClockMark mark : marks.get()) {
      clock.restore(mark.clockMs, mark.wallMs);
    }
    return new StreamClock(wall, clock, marks);
  }

  /** For {@code open}: has it looked at from then on. */
  void start(ThrowingRunnable<Exception> look) {
    wall.scheduleWithFixedDelay(now -> look.run(), TICK.toMillis(), TICK.toMillis());
  }

  /** For {@code snapshotState}. */
  void save() throws Exception {
    marks.clear();
    if (now() != EventClock.UNKNOWN) {
      marks.add(new ClockMark(now(), wall.getCurrentProcessingTime()));
    }
  }

  void onWatermark(long watermarkMs) {
    clock.onWatermark(watermarkMs, wall.getCurrentProcessingTime());
  }

  void onIdle(boolean idle) {
    clock.onIdle(idle, wall.getCurrentProcessingTime());
  }

  /** Epoch milliseconds, or {@link EventClock#UNKNOWN}. */
  long now() {
    return clock.now(wall.getCurrentProcessingTime());
  }
}
