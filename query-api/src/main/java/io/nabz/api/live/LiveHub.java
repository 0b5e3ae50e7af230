package io.nabz.api.live;

import io.nabz.api.privacy.Sight;
import io.nabz.api.store.AlertQuery;
import io.nabz.api.store.KpiQuery;
import io.nabz.api.store.ViewChanges;
import io.nabz.api.store.ViewFeed;
import io.nabz.api.store.ViewStore;
import io.nabz.api.threads.DaemonThreads;
import io.nabz.model.CustomerKey;
import io.nabz.model.Topic;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owns the live clients: hands changes to those who watch them, keeps them alive with heartbeats
 * and ends those that have stalled or whose credential has run out. A few threads serve all.
 */
public final class LiveHub implements ViewFeed.Listener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LiveHub.class);
  private static final Duration HEARTBEAT = Duration.ofSeconds(5);
  private static final Duration ACTIVITY = Duration.ofMillis(500);
  private static final Duration KPIS = Duration.ofMillis(500);
  private static final Duration STALL_PATIENCE = Duration.ofSeconds(15);
  private static final int WRITERS = 4;

  private final Set<LiveClient> clients = ConcurrentHashMap.newKeySet();
  private final Set<LiveClient> plain = ConcurrentHashMap.newKeySet();
  private final AtomicLong cut = new AtomicLong();
  private final AlertStreams alerts;
  private final SnapshotStreams snapshots;
  private final ActivityStreams activity;
  private final KpiStreams kpis;
  private final Clock clock;
  private final Duration stallPatience;
  private final ExecutorService writers =
      Executors.newFixedThreadPool(WRITERS, new DaemonThreads("nabz-live"));

  /** One thread beside the writers: those who leave do not hold up those who come. */
  private final ExecutorService closer =
      Executors.newSingleThreadExecutor(new DaemonThreads("nabz-live-closer"));

  private final ScheduledExecutorService ticker =
      Executors.newSingleThreadScheduledExecutor(new DaemonThreads("nabz-live-ticker"));

  public LiveHub(ViewStore store, Clock clock) {
    this(store, clock, HEARTBEAT, STALL_PATIENCE);
  }

  LiveHub(ViewStore store, Clock clock, Duration heartbeat, Duration stallPatience) {
    this.stallPatience = stallPatience;
    this.alerts = new AlertStreams(store);
    this.snapshots = new SnapshotStreams(store);
    this.activity = new ActivityStreams(store);
    this.kpis = new KpiStreams(store);
    this.clock = clock;
    every(heartbeat, this::heartbeat);
    every(ACTIVITY, activity::flush);
    every(KPIS, kpis::flush);
  }

  /**
   * @param expiresAt when the credential that opened the stream ends, and the stream with it
   */
  public LiveClient connect(Wire wire, Instant expiresAt) {
    LiveClient client = new LiveClient(wire, writers, closer, expiresAt);
    clients.add(client);
    client
        .done()
        .whenComplete(
            (nothing, error) -> {
              clients.remove(client);
              plain.remove(client);
              if (client.wasCut()) {
                cut.incrementAndGet();
              }
            });
    return client;
  }

  /**
   * @param after a {@code Last-Event-ID}, or null for from now on
   */
  public void watchAlerts(
      LiveClient client, String tenant, AlertQuery query, Sight sight, String after) {
    alerts.open(client, tenant, query, sight, after, clock.instant());
  }

  /**
   * @param after the version the client has, or -1
   * @param view makes of a snapshot what the client may see of it
   */
  public void watchSnapshot(
      LiveClient client, CustomerKey key, long after, UnaryOperator<byte[]> view) {
    greet(client);
    snapshots.open(client, key, after, view);
  }

  public void watchActivity(LiveClient client, String tenant) {
    greet(client);
    activity.open(client, tenant);
  }

  public void watchKpis(LiveClient client, String tenant, KpiQuery query) {
    greet(client);
    kpis.open(client, tenant, query);
  }

  private void greet(LiveClient client) {
    client.offer(Frame.heartbeat(null, clock.instant()));
    plain.add(client);
  }

  public int connected() {
    return clients.size();
  }

  /** How many clients were cut off since they did not read. */
  public long cut() {
    return cut.get();
  }

  @Override
  public void onChanges(ViewChanges changes) {
    alerts.publish(changes.alerts());
    snapshots.publish(changes.snapshots());
    activity.changed(changes.activity());
    kpis.changed(changes.kpis());
  }

  @Override
  public void onRebuilt(Topic topic) {
    if (topic == Topic.ALERTS || topic == Topic.ALERT_ACTIONS) {
      alerts.rebuilt();
    }
  }

  private void heartbeat() {
    Instant now = clock.instant();
    for (LiveClient client : clients) {
      if (client.isStalled(stallPatience)) {
        client.cut();
      } else if (client.isExpired(now)) {
        client.close();
      }
    }
    alerts.heartbeat(now);
    Frame frame = Frame.heartbeat(null, now);
    plain.forEach(client -> client.offer(frame));
  }

  /** A scheduled task that throws is never run again, so none may. */
  private void every(Duration period, Runnable task) {
    ticker.scheduleAtFixedRate(
        () -> {
          try {
            task.run();
          } catch (RuntimeException e) {
            LOG.error("a beat of the live streams has failed", e);
          }
        },
        period.toMillis(),
        period.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  /** Ends all streams; their clients resume where they come back to. */
  public void disconnectAll() {
    clients.forEach(LiveClient::close);
  }

  @Override
  public void close() {
    ticker.shutdownNow();
    disconnectAll();
    writers.shutdown();
    closer.shutdown();
  }
}
