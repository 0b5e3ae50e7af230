package io.nabz.api.store;

import static java.util.Objects.requireNonNull;

import io.nabz.model.Alert;
import io.nabz.model.AlertAction;
import io.nabz.model.CustomerKey;
import io.nabz.model.Json;
import io.nabz.model.KpiKey;
import io.nabz.model.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The views that everything is read from. One thread writes, each batch together with the offsets
 * it came from; any number of threads read. The tenant is part of every key.
 */
public final class ViewStore implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ViewStore.class);
  private static final byte[] EPOCH = Keys.own("alert-epoch").done();
  private static final byte[] FORMAT = Keys.own("format").done();

  /** Another one on disk is not read: the views are built anew from the topics. */
  private static final long CURRENT_FORMAT = 3;

  private final ViewDatabase database;
  private final Clock clock;
  private volatile String epoch;
  private volatile WatchedSegments segments = Map::of;

  private ViewStore(ViewDatabase database, Clock clock) {
    this.database = database;
    this.clock = clock;
    byte[] stored = database.read(reader -> reader.get(Column.META, EPOCH));
    if (stored == null
        || database.read(reader -> reader.getLong(Column.META, FORMAT)) != CURRENT_FORMAT) {
      database.clear(
          List.of(Column.values()),
          List.of(),
          Map.of(
              FORMAT,
              Keys.longBytes(CURRENT_FORMAT),
              SegmentMoves.CLOCK,
              Keys.longBytes(clock.millis())));
      newEpoch(List.of());
      searchAnew();
    } else {
      this.epoch = new String(stored, StandardCharsets.UTF_8);
    }
  }

  public static ViewStore open(Path directory, Clock clock) {
    requireNonNull(clock, "clock is null");
    return new ViewStore(ViewDatabase.open(directory), clock);
  }

  /** From now on it is noted who comes into these segments, and who leaves. */
  public void watch(WatchedSegments newSegments) {
    segments = requireNonNull(newSegments, "newSegments is null");
  }

  /** Takes up records in their order; all of them become visible at once, with their offsets. */
  public ViewChanges apply(List<ViewRecord> records) {
    Map<CustomerKey, CustomerSnapshot> snapshots = new LinkedHashMap<>();
    List<AlertChange> alerts = new ArrayList<>();
    List<ActionResult> actions = new ArrayList<>();
    Set<String> activity = new HashSet<>();
    Map<KpiKey, byte[]> kpis = new LinkedHashMap<>();
    Map<String, Iterable<WatchedSegment>> watched = segments.byTenant();
    int unreadable =
        database.write(
            to -> {
              int skipped = 0;
              for (ViewRecord record : records) {
                try {
                  apply(to, record, snapshots, alerts, actions, activity, kpis, watched);
                } catch (IOException | IllegalArgumentException | NullPointerException e) {
                  // Another producer's record; its content may be personal and is not logged.
                  skipped++;
                  LOG.warn(
                      "skipped {}/{}/{}: it does not hold what the topic is for ({})",
                      record.topic().topicName(),
                      record.partition(),
                      record.offset(),
                      e.getClass().getSimpleName());
                }
                to.put(
                    Column.META,
                    offsetKey(record.topic(), record.partition()),
                    Keys.longBytes(record.offset() + 1));
              }
              return skipped;
            });
    return new ViewChanges(
        List.copyOf(snapshots.values()), alerts, actions, activity, kpis, unreadable);
  }

  private void apply(
      Transaction to,
      ViewRecord record,
      Map<CustomerKey, CustomerSnapshot> snapshots,
      List<AlertChange> alerts,
      List<ActionResult> actions,
      Set<String> activity,
      Map<KpiKey, byte[]> kpis,
      Map<String, Iterable<WatchedSegment>> watched)
      throws IOException {
    String keyText = new String(record.key(), StandardCharsets.UTF_8);
    if (record.topic() == Topic.KPIS) {
      KpiView.write(to, keyText, record.value(), kpis);
      return;
    }
    CustomerKey key = CustomerKey.parse(keyText);
    switch (record.topic()) {
      case SNAPSHOTS -> {
        boolean told = watched.isEmpty() || record.offset() < SegmentMoves.quietUntil(to, record);
        CustomerSnapshot news =
            SnapshotView.write(to, key, record, activity, told ? Map.of() : watched);
        if (news != null) {
          snapshots.put(key, news);
        }
      }
      case ALERTS -> {
        if (record.value() == null) {
          AlertView.forget(to, key);
          return;
        }
        Alert alert = Json.read(record.value(), Alert.class);
        AlertChange change = AlertView.write(to, key.tenant(), epoch, alert, clock.instant());
        if (change != null) {
          alerts.add(change);
        }
      }
      case ALERT_ACTIONS ->
          actions.add(
              AlertLives.act(
                  to, key.tenant(), epoch, Json.read(record.value(), AlertAction.class), alerts));
      case TIMELINE -> TimelineView.write(to, key, record.value());
      default -> throw new IllegalArgumentException("no view is made of " + record.topic());
    }
  }

  /** Wakes the alerts whose snooze has run out; for the thread that writes. */
  public List<AlertChange> wake() {
    List<AlertLives.Sleeper> due = database.read(reader -> AlertLives.due(reader, clock.instant()));
    return due.isEmpty() ? List.of() : database.write(to -> AlertLives.wake(to, epoch, due));
  }

  /** Notes whom the passing of time has taken into segments or out; for the thread that writes. */
  public void passSegmentTime() {
    Instant now = clock.instant();
    Instant from = database.read(SegmentMoves::clock);
    if (now.isBefore(from.plus(SegmentMoves.PACE))) {
      return;
    }
    Map<String, Iterable<WatchedSegment>> watched = segments.byTenant();
    Set<CustomerKey> aged =
        database.read(
            reader -> {
              Set<CustomerKey> all = new HashSet<>();
              watched.forEach(
                  (tenant, tests) ->
                      all.addAll(SegmentMoves.aged(reader, tenant, tests, from, now)));
              return all;
            });
    database.write(
        to -> {
          SegmentMoves.pass(to, watched, aged, now);
          return null;
        });
  }

  /** What is there already of a partition of snapshots was told of by the view before. */
  public void segmentsAreQuietUntil(int partition, long offset) {
    database.write(
        to -> {
          byte[] key = SegmentMoves.quietKey(partition);
          // Asked again while nothing has been read, it is what was there at the first time.
          if (to.get(Column.META, key) == null) {
            to.put(Column.META, key, Keys.longBytes(offset));
          }
          return null;
        });
  }

  /** The oldest moves that are still to be told, by number. */
  public List<Map.Entry<Long, SegmentMove>> segmentMoves(int limit) {
    return database.read(reader -> SegmentMoves.waiting(reader, limit));
  }

  /** All up to the number have been told; for any thread. */
  public void segmentMovesTold(long upTo) {
    database.removeRange(
        Column.SEGMENT_MOVES, SegmentMoves.ALL, Keys.own("segment-moves").number(upTo + 1).done());
  }

  /** The alert as it is served. */
  public Optional<ServedAlert> alert(String tenant, String alertId) {
    return Optional.ofNullable(database.read(reader -> AlertView.served(reader, tenant, alertId)));
  }

  public Optional<CustomerSnapshot> snapshot(CustomerKey key) {
    return Optional.ofNullable(database.read(reader -> SnapshotView.read(reader, key)));
  }

  /** What rules have under way of the customer, packed; null for nothing. */
  public byte[] underWay(CustomerKey key) {
    return database.read(reader -> SnapshotView.underWay(reader, key));
  }

  /** Of how many of the tenant's customers what rules have under way is as wanted. */
  public int countUnderWay(String tenant, Predicate<byte[]> wanted) {
    return database.read(reader -> SnapshotView.countUnderWay(reader, tenant, wanted));
  }

  /**
   * @param cursor where a former page ended, or null
   */
  public TimelinePage timeline(CustomerKey key, int limit, String cursor) {
    return database.read(reader -> TimelineView.page(reader, key, limit, cursor));
  }

  /** The customer whose snapshot names the normalised identifier. */
  public Optional<String> customerOf(String tenant, String identifierType, String value) {
    return Optional.ofNullable(
        database.read(reader -> SnapshotView.customerOf(reader, tenant, identifierType, value)));
  }

  public Activity activity(String tenant) {
    return database.read(reader -> ActivityView.read(reader, tenant, clock.instant()));
  }

  /**
   * @param after where a former page of the same question ended, or null
   * @throws IllegalArgumentException when it is no such place
   */
  public KpiPage kpis(String tenant, KpiQuery query, int limit, String after) {
    return database.read(reader -> KpiView.page(reader, tenant, query, limit, after));
  }

  /**
   * @throws IllegalArgumentException when the period is none
   */
  public Voice voice(String tenant, VoiceQuery query) {
    return database.read(reader -> VoiceView.read(reader, tenant, query, clock.instant()));
  }

  /** What the tenant's offers have brought. */
  public Offers offers(String tenant, OfferQuery query) {
    return database.read(reader -> OfferView.read(reader, tenant, query, clock.instant()));
  }

  /**
   * @param before where a former page ended, or null
   */
  public AlertPage alerts(String tenant, AlertQuery query, int limit, Position before) {
    return database.read(reader -> AlertView.page(reader, tenant, epoch, query, limit, before));
  }

  /**
   * What has changed after a position, oldest first.
   *
   * @param after must be {@link #knows known}
   * @param held gives changes that need not be read, by their positions; null for others
   */
  public AlertChanges alertChanges(
      String tenant,
      AlertQuery query,
      Position after,
      int limit,
      Function<Position, AlertChange> held) {
    return database.read(
        reader -> AlertView.changes(reader, tenant, epoch, query, after.number(), limit, held));
  }

  /** The newest change of any tenant. */
  public Position alertPosition() {
    return database.read(reader -> AlertView.position(reader, epoch));
  }

  /** Whether the position is of this life of the view, and not of its future. */
  public boolean knows(Position position) {
    return position.epoch().equals(epoch) && position.number() <= alertPosition().number();
  }

  /** The next offset to read, or empty if none was read yet. */
  public OptionalLong offset(Topic topic, int partition) {
    byte[] value = database.read(reader -> reader.get(Column.META, offsetKey(topic, partition)));
    return value == null ? OptionalLong.empty() : OptionalLong.of(Keys.firstLong(value));
  }

  /** Which topic of that name the view was made of; a topic made anew has another id. */
  public Optional<String> topicId(Topic topic) {
    byte[] value = database.read(reader -> reader.get(Column.META, topicIdKey(topic)));
    return Optional.ofNullable(value).map(id -> new String(id, StandardCharsets.UTF_8));
  }

  public void setTopicId(Topic topic, String id) {
    database.write(
        to -> {
          to.put(Column.META, topicIdKey(topic), id.getBytes(StandardCharsets.UTF_8));
          return null;
        });
  }

  /** Empties the view of the topic; positions in it are not known any more. */
  public void rebuild(Topic topic) {
    switch (topic) {
      case ALERTS -> newEpoch(List.of(offsetsKey(topic)));
      case ALERT_ACTIONS -> {
        database.clear(
            AlertLives.COLUMNS, List.of(offsetsKey(topic), AlertLives.SNOOZED), Map.of());
        // The alerts hold what came of the actions, so they are made anew with them.
        newEpoch(List.of(offsetsKey(Topic.ALERTS)));
      }
      case TIMELINE -> database.clear(TimelineView.COLUMNS, List.of(offsetsKey(topic)), Map.of());
      case KPIS -> database.clear(KpiView.COLUMNS, List.of(offsetsKey(topic)), Map.of());
      default -> {
        database.clear(
            SnapshotView.COLUMNS,
            List.of(offsetsKey(topic), ActivityView.TOTALS, SegmentMoves.QUIET),
            Map.of());
        searchAnew();
      }
    }
  }

  private void searchAnew() {
    database.write(
        to -> {
          SearchTodo.addEverything(to);
          return null;
        });
  }

  /** What the search index has still to take up, from a number on. */
  public List<SearchTask> searchTasks(long after, int limit) {
    return database.read(reader -> SearchTodo.after(reader, after, limit));
  }

  /** The index has everything up to the number safe on disk; for any thread. */
  public void searchTasksDone(long upTo) {
    database.removeRange(
        Column.SEARCH_TODO, SearchTodo.ALL, Keys.own("todo").number(upTo + 1).done());
  }

  /**
   * All customers there are, page by page.
   *
   * @param after the last of a former page; null for the first
   */
  public List<CustomerKey> customers(CustomerKey after, int limit) {
    return database.read(reader -> SnapshotView.keys(reader, after, limit));
  }

  private void newEpoch(List<byte[]> metaGone) {
    String fresh = Long.toString(UUID.randomUUID().getMostSignificantBits() >>> 1, 36);
    database.clear(
        AlertView.COLUMNS, metaGone, Map.of(EPOCH, fresh.getBytes(StandardCharsets.UTF_8)));
    epoch = fresh;
  }

  @Override
  public void close() {
    database.close();
  }

  private static byte[] offsetsKey(Topic topic) {
    return Keys.own("offset").text(topic.topicName()).done();
  }

  private static byte[] offsetKey(Topic topic, int partition) {
    return Keys.own("offset").text(topic.topicName()).number(partition).done();
  }

  private static byte[] topicIdKey(Topic topic) {
    return Keys.own("topic-id").text(topic.topicName()).done();
  }
}
