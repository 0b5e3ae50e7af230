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
import java.util.Objects;

/**
 * Adds up shares before they go to the panes, so that the pane of the total, which everything
 * belongs to, hears of it a few times a second and not with every event.
 */
public final class PaneBatch {
  private static final List<KpiInterval> INTERVALS =
      List.of(KpiInterval.QUARTER, KpiInterval.HOUR, KpiInterval.DAY);
  private static final int MAX_TIMES = 1_000;
  private static final int MAX_NAME_CHARS = 100;

  /**
   * Those who share all their panes. How cells and columns compare is written out: what a record
   * makes of itself goes through method handles, which showed in every profile of counting.
   */
  private record Cell(
      String tenant, long quarterMs, boolean isVoice, String a, String b, String c, String topic) {

    static Cell of(Share share, long quarterMs) {
      return share.isVoice
          ? new Cell(
              share.tenant, quarterMs, true, share.touchpoint, share.stage, share.clue, share.topic)
          : new Cell(
              share.tenant,
              quarterMs,
              false,
              share.queue,
              share.channel,
              share.agentId,
              share.topic);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Cell cell
          && quarterMs == cell.quarterMs
          && isVoice == cell.isVoice
          && Objects.equals(a, cell.a)
          && Objects.equals(b, cell.b)
          && Objects.equals(c, cell.c)
          && Objects.equals(topic, cell.topic)
          && Objects.equals(tenant, cell.tenant);
    }

    @Override
    public int hashCode() {
      int hash = Long.hashCode(quarterMs);
      hash = 31 * hash + Objects.hashCode(a);
      hash = 31 * hash + Objects.hashCode(b);
      hash = 31 * hash + Objects.hashCode(c);
      hash = 31 * hash + Objects.hashCode(topic);
      return 31 * hash + Objects.hashCode(tenant);
    }
  }

  /** What a cell's four names are of. */
  private record Kinds(String all, String a, String b, String c, String topic) {}

  private static final Kinds FLOOR =
      new Kinds(KpiKey.TOTAL, KpiKey.QUEUE, KpiKey.CHANNEL, KpiKey.AGENT, KpiKey.TOPIC);
  private static final Kinds VOICE =
      new Kinds(
          KpiKey.VOICE,
          KpiKey.VOICE_TOUCHPOINT,
          KpiKey.VOICE_STAGE,
          KpiKey.VOICE_CLUE,
          KpiKey.VOICE_TOPIC);

  /** A dimension of a quarter of an hour: its hours and days add up the same. */
  private record Column(String tenant, long quarterMs, String dimension) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Column column
          && quarterMs == column.quarterMs
          && dimension.equals(column.dimension)
          && tenant.equals(column.tenant);
    }

    @Override
    public int hashCode() {
      return 31 * (31 * Long.hashCode(quarterMs) + dimension.hashCode()) + tenant.hashCode();
    }
  }

  private final ZoneId zone;
  private final Map<Cell, PaneSums> cells = new HashMap<>();

  /** The ends of the keys of a quarter, its hour and its day; the same few all the time. */
  private final Map<Long, List<String>> times = new HashMap<>();

  public PaneBatch(ZoneId zone) {
    this.zone = requireNonNull(zone, "zone is null");
  }

  public void add(Share share) {
    long quarter = share.atMs == Share.NOW ? Share.NOW : KpiInterval.quarterOf(share.atMs);
    cells.computeIfAbsent(Cell.of(share, quarter), ignored -> new PaneSums()).add(share);
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
          Kinds kinds = cell.isVoice() ? VOICE : FLOOR;
          add(columns, cell, kinds.all(), "", sums);
          add(columns, cell, kinds.a(), cell.a(), sums);
          add(columns, cell, kinds.b(), cell.b(), sums);
          add(columns, cell, kinds.c(), cell.c(), sums);
          add(columns, cell, kinds.topic(), cell.topic(), sums);
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
    boolean all = kind.charAt(kind.length() - 1) != ':';
    // A name as long as a text is a text; nobody could pick it from a list.
    if (all || (name != null && !name.isEmpty() && name.length() <= MAX_NAME_CHARS)) {
      Column column = new Column(cell.tenant(), cell.quarterMs(), kind + name);
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
