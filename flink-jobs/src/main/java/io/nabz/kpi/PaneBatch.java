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

/**
 * Adds up shares before they go to the panes, so that the pane of the total, which everything
 * belongs to, hears of it a few times a second and not with every event.
 */
public final class PaneBatch {
  private static final List<KpiInterval> INTERVALS =
      List.of(KpiInterval.QUARTER, KpiInterval.HOUR, KpiInterval.DAY);
  private static final int MAX_TIMES = 1_000;

  /** Those who share all their panes. */
  private record Cell(
      String tenant, long quarterMs, String queue, String channel, String agentId) {}

  /** A dimension of a quarter of an hour: its hours and days add up the same. */
  private record Column(String tenant, long quarterMs, String dimension) {}

  private final ZoneId zone;
  private final Map<Cell, PaneSums> cells = new HashMap<>();

  /** The ends of the keys of a quarter, its hour and its day; the same few all the time. */
  private final Map<Long, List<String>> times = new HashMap<>();

  public PaneBatch(ZoneId zone) {
    this.zone = requireNonNull(zone, "zone is null");
  }

  public void add(Share share) {
    long quarter = share.atMs == Share.NOW ? Share.NOW : KpiInterval.quarterOf(share.atMs);
    Cell cell = new Cell(share.tenant, quarter, share.queue, share.channel, share.agentId);
    cells.computeIfAbsent(cell, ignored -> new PaneSums()).add(share);
  }

  /** How many sums there are. */
  public int size() {
    return cells.size();
  }

  /** The deltas of all panes; the batch is empty then. */
  public Collection<PaneDelta> drain() {
    Map<Column, PaneSums> columns = new HashMap<>();
    cells.forEach(
        (cell, sums) -> {
          add(columns, cell, KpiKey.TOTAL, "", sums);
          add(columns, cell, KpiKey.QUEUE, cell.queue(), sums);
          add(columns, cell, KpiKey.CHANNEL, cell.channel(), sums);
          add(columns, cell, KpiKey.AGENT, cell.agentId(), sums);
        });
    cells.clear();
    Map<String, PaneSums> panes = new HashMap<>();
    columns.forEach(
        (column, sums) -> {
          for (String time : times(column.quarterMs())) {
            String pane = column.tenant() + '/' + column.dimension() + '/' + time;
            panes.merge(pane, sums, PaneSums::of);
          }
        });
    List<PaneDelta> deltas = new ArrayList<>(panes.size());
    panes.forEach((pane, sums) -> deltas.add(sums.delta(pane)));
    return deltas;
  }

  private static void add(
      Map<Column, PaneSums> columns, Cell cell, String kind, String name, PaneSums sums) {
    boolean named = name != null && !name.isEmpty();
    if (named || kind.equals(KpiKey.TOTAL)) {
      Column column = new Column(cell.tenant(), cell.quarterMs(), named ? kind + name : kind);
      columns.computeIfAbsent(column, ignored -> new PaneSums()).add(sums);
    }
  }

  private List<String> times(long quarterMs) {
    List<String> known = times.get(quarterMs);
    if (known != null) {
      return known;
    }
    List<String> made = new ArrayList<>(INTERVALS.size());
    if (quarterMs == Share.NOW) {
      made.add(KpiKey.time(KpiInterval.NOW, null));
    } else {
      for (KpiInterval interval : INTERVALS) {
        Instant start = Instant.ofEpochMilli(interval.startOf(quarterMs, zone));
        made.add(KpiKey.time(interval, start));
      }
    }
    if (times.size() >= MAX_TIMES) {
      times.clear();
    }
    times.put(quarterMs, made);
    return made;
  }
}
