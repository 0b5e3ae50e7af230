package io.nabz.kpi;

import io.nabz.model.KpiInterval;
import io.nabz.model.KpiKey;
import io.nabz.rules.engine.CrowdKey;
import io.nabz.rules.watch.QueueQuarter;
import java.time.ZoneId;

/** What rules that watch queues get to know of a pane. */
public final class QueueQuarters {
  private QueueQuarters() {}

  /** Whether the pane is a queue's quarter of an hour. */
  public static boolean isOne(KpiKey key) {
    return key.interval() == KpiInterval.QUARTER && key.dimension().startsWith(KpiKey.QUEUE);
  }

  /** Whose pane it is. */
  public static CrowdKey queueOf(KpiKey key) {
    return CrowdKey.ofQueue(key.tenant(), key.dimension().substring(KpiKey.QUEUE.length()));
  }

  /** The pane's sums as they stand. */
  public static QueueQuarter of(KpiKey key, PaneState pane, ZoneId zone) {
    QueueQuarter quarter = new QueueQuarter();
    quarter.startMs = key.start().toEpochMilli();
    quarter.endMs = key.interval().endOf(quarter.startMs, zone);
    quarter.abandoned = pane.get(Measure.ABANDONED);
    quarter.offered = pane.get(Measure.ANSWERED) + quarter.abandoned;
    quarter.sentiments = pane.get(Measure.SENTIMENTS);
    quarter.sentimentSum = pane.get(Measure.SENTIMENT_SUM);
    return quarter;
  }
}
