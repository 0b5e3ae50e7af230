package io.nabz.job;

import static java.util.Objects.requireNonNull;

import io.nabz.kpi.KpiPolicy;
import io.nabz.kpi.PaneDelta;
import io.nabz.kpi.PaneState;
import io.nabz.kpi.PaneView;
import io.nabz.kpi.Share;
import io.nabz.model.Json;
import io.nabz.model.KpiInterval;
import io.nabz.model.KpiKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * The panes: adds what comes and tells the figures of those that have changed, twice a second at
 * most. The figures are whole values with a version, so a replay repeats them and adds nothing.
 *
 * <p>Keyed state: {@code kpi-pane}. Two timers at most: in processing time when it has changed and
 * was not told, {@link PaneState#tellAtMs}; in event time when it is closed, {@link
 * PaneState#closeAtMs}, so long after its end as the policy says. A closed pane is taken from the
 * topic too. Panes of now close when nothing is in them for a day.
 */
final class KpiPanes extends KeyedProcessFunction<String, PaneDelta, Outbound> {
  static final ValueStateDescriptor<PaneState> PANE =
      new ValueStateDescriptor<>("kpi-pane", TypeInformation.of(PaneState.class));

  private static final long serialVersionUID = 1;
  private static final Duration TELL_AFTER = Duration.ofMillis(500);
  private static final Duration KEEP_EMPTY_NOW = Duration.ofDays(1);

  private final KpiPolicy policy;
  private transient ValueState<PaneState> panes;

  KpiPanes(KpiPolicy policy) {
    this.policy = requireNonNull(policy, "policy is null");
  }

  @Override
  public void open(OpenContext context) {
    panes = getRuntimeContext().getState(PANE);
  }

  @Override
  public void processElement(PaneDelta delta, Context context, Collector<Outbound> out)
      throws Exception {
    PaneState pane = panes.value();
    if (pane == null) {
      pane = new PaneState();
    }
    pane.add(delta);
    TimerService timers = context.timerService();
    if (pane.closeAtMs == Share.NONE) {
      closeLater(KpiKey.parse(delta.pane), pane, timers);
    }
    if (pane.tellAtMs == Share.NONE) {
      pane.tellAtMs = timers.currentProcessingTime() + TELL_AFTER.toMillis();
      timers.registerProcessingTimeTimer(pane.tellAtMs);
    }
    panes.update(pane);
  }

  @Override
  public void onTimer(long timeMs, OnTimerContext context, Collector<Outbound> out)
      throws Exception {
    PaneState pane = panes.value();
    if (pane == null) {
      return;
    }
    TimerService timers = context.timerService();
    KpiKey key = KpiKey.parse(context.getCurrentKey());
    boolean ending = timers.currentWatermark() == Long.MAX_VALUE;
    if (context.timeDomain() == TimeDomain.PROCESSING_TIME || ending) {
      pane.tellAtMs = Share.NONE;
      if (pane.changed) {
        pane.changed = false;
        out.collect(new Outbound(bytes(key), Json.bytes(PaneView.of(key, pane, policy))));
      }
      panes.update(pane);
    } else if (key.interval() == KpiInterval.NOW && !pane.isZero()) {
      closeLater(key, pane, timers);
      panes.update(pane);
    } else {
      if (pane.tellAtMs != Share.NONE) {
        timers.deleteProcessingTimeTimer(pane.tellAtMs);
      }
      panes.clear();
      out.collect(new Outbound(bytes(key), null));
    }
  }

  private void closeLater(KpiKey key, PaneState pane, TimerService timers) {
    pane.closeAtMs = closeAt(key, timers.currentWatermark());
    timers.registerEventTimeTimer(pane.closeAtMs);
  }

  private long closeAt(KpiKey key, long clockMs) {
    // Before the first watermark there is no clock; what is open then is looked at with the first.
    long clock = Math.max(0, clockMs);
    return switch (key.interval()) {
      case NOW -> clock + KEEP_EMPTY_NOW.toMillis();
      case QUARTER, HOUR -> Math.max(end(key), clock) + policy.keepShort().toMillis();
      case DAY -> Math.max(end(key), clock) + policy.keepDays().toMillis();
    };
  }

  private long end(KpiKey key) {
    return key.interval().endOf(key.start().toEpochMilli(), policy.zone());
  }

  private static byte[] bytes(KpiKey key) {
    return key.toString().getBytes(StandardCharsets.UTF_8);
  }
}
