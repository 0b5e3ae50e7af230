package io.nabz.kpi;

import static java.util.Objects.requireNonNull;

import io.nabz.model.KpiInterval;
import io.nabz.model.KpiKey;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Adds up shares before they go to the panes, so that the pane of the total, which everything
 * belongs to, hears of it a few times a second and not with every event.
 */
public final class PaneBatch {
  private static final List<KpiInterval> INTERVALS =
      List.of(KpiInterval.QUARTER, KpiInterval.HOUR, KpiInterval.DAY);

  /** Those who share all their panes. */
  private record Cell(
      String tenant, long quarterMs, String queue, String channel, String agentId) {}

  private final ZoneId zone;
  private final Map<Cell, PaneDelta> cells = new HashMap<>();

  public PaneBatch(ZoneId zone) {
    this.zone = requireNonNull(zone, "zone is null");
  }

  public void add(Share share) {
    long quarter = share.atMs == Share.NOW ? Share.NOW : KpiInterval.quarterOf(share.atMs);
    Cell cell = new Cell(share.tenant, quarter, share.queue, share.channel, share.agentId);
    cells.computeIfAbsent(cell, ignored -> new PaneDelta(null)).add(share);
  }

  /** How many sums there are. */
  public int size() {
    return cells.size();
  }

  /** The deltas of all panes; the batch is empty then. */
  public Collection<PaneDelta> drain() {
    Map<String, PaneDelta> panes = new HashMap<>();
    cells.forEach(
        (cell, sums) ->
            panesOf(
                cell, key -> panes.computeIfAbsent(key, pane -> new PaneDelta(pane)).add(sums)));
    cells.clear();
    return panes.values();
  }

  private void panesOf(Cell cell, Consumer<String> each) {
    List<String> dimensions = new ArrayList<>(4);
    dimensions.add(KpiKey.TOTAL);
    name(KpiKey.QUEUE, cell.queue(), dimensions);
    name(KpiKey.CHANNEL, cell.channel(), dimensions);
    name(KpiKey.AGENT, cell.agentId(), dimensions);
    for (String dimension : dimensions) {
      if (cell.quarterMs() == Share.NOW) {
        each.accept(key(cell, dimension, KpiInterval.NOW, null));
      } else {
        for (KpiInterval interval : INTERVALS) {
          Instant start = Instant.ofEpochMilli(interval.startOf(cell.quarterMs(), zone));
          each.accept(key(cell, dimension, interval, start));
        }
      }
    }
  }

  private static void name(String prefix, String name, List<String> to) {
    if (name != null && !name.isEmpty()) {
      to.add(prefix + name);
    }
  }

  private static String key(Cell cell, String dimension, KpiInterval interval, Instant start) {
    return new KpiKey(cell.tenant(), dimension, interval, start).toString();
  }
}
