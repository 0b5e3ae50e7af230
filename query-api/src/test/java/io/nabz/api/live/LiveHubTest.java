package io.nabz.api.live;

import static io.nabz.api.Samples.TEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nabz.api.Samples;
import io.nabz.api.privacy.Sight;
import io.nabz.api.store.AlertQuery;
import io.nabz.api.store.Position;
import io.nabz.api.store.ViewRecord;
import io.nabz.api.store.ViewStore;
import io.nabz.model.Json;
import io.nabz.model.Topic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveHubTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path dir;
  private ViewStore store;
  private LiveHub hub;
  private int produced;

  /** A wire with switches. */
  private static final class FakeWire implements Wire {
    private final List<String> written = Collections.synchronizedList(new ArrayList<>());

    /** How much was written by each flush. */
    private final List<Integer> flushes = Collections.synchronizedList(new ArrayList<>());

    private volatile boolean ready = true;
    private volatile boolean aborted;

    @Override
    public boolean isReady() {
      return ready;
    }

    @Override
    public void write(byte[] bytes) {
      written.add(new String(bytes, StandardCharsets.UTF_8));
    }

    @Override
    public void flush() {
      flushes.add(written.size());
    }

    @Override
    public void abort() {
      aborted = true;
    }

    List<String> alerts() {
      synchronized (written) {
        return written.stream().filter(frame -> frame.contains("event: alert\n")).toList();
      }
    }
  }

  @BeforeEach
  void open() {
    Clock clock = Clock.fixed(TEN, ZoneOffset.UTC);
    store = ViewStore.open(dir, clock);
    hub = new LiveHub(store, clock, Duration.ofMillis(50), Duration.ofMillis(500));
  }

  @AfterEach
  void close() {
    hub.close();
    store.close();
  }

  @Test
  void aStreamOpenedAmidstTheFlowGetsEveryAlertOnce() {
    Position start = store.alertPosition();
    List<FakeWire> wires = new ArrayList<>();
    Thread producer = new Thread(() -> IntStream.range(0, 40).forEach(i -> produce(5)));
    produce(300);
    producer.start();
    for (int i = 0; i < 8; i++) {
      wires.add(watch(start.toString()));
    }
    // 300 before and 40 times 5 beside the openings.
    await().atMost(PATIENCE).until(() -> wires.stream().allMatch(w -> w.alerts().size() >= 500));
    for (FakeWire wire : wires) {
      assertThat(wire.alerts()).hasSize(500).doesNotHaveDuplicates();
    }
  }

  @Test
  void aClientThatTakesNothingIsCutOffAndTheOthersGoOn() {
    FakeWire deaf = watch(null);
    FakeWire reader = watch(null);
    await().atMost(PATIENCE).until(() -> !deaf.written.isEmpty() && !reader.written.isEmpty());
    deaf.ready = false;
    // Far more than a queue holds, at once: the one that reads takes it at its own pace.
    int sent = 3 * LiveClient.CAPACITY;
    produce(sent);
    await().atMost(PATIENCE).until(() -> reader.alerts().size() == sent);
    await().atMost(PATIENCE).until(() -> deaf.aborted && hub.connected() == 1);
    assertThat(hub.cut()).isEqualTo(1);
    assertThat(deaf.alerts()).isEmpty();
    assertThat(reader.aborted).isFalse();
    assertThat(reader.alerts()).doesNotHaveDuplicates();
  }

  @Test
  void theGreetingAndWhatWasMissedGoAsOne() {
    Position start = store.alertPosition();
    produce(3);
    FakeWire wire = watch(start.toString());
    await().atMost(PATIENCE).until(() -> !wire.flushes.isEmpty());
    assertThat(wire.alerts()).hasSize(3);
    assertThat(wire.flushes.get(0)).isEqualTo(4);
  }

  @Test
  void whatWasErasedIsNotToldToOneWhoComesBackThoughItIsStillHeld() {
    Position start = store.alertPosition();
    produce(3);
    forget();
    produce(1);
    FakeWire wire = watch(start.toString());
    await().atMost(PATIENCE).until(() -> !wire.alerts().isEmpty());
    assertThat(wire.alerts()).singleElement().asString().contains("\"a4\"");
  }

  @Test
  void aRebuiltViewEndsTheStreamsSoThatTheyComeBackAnew() {
    FakeWire wire = watch(null);
    produce(1);
    await().atMost(PATIENCE).until(() -> wire.alerts().size() == 1);
    String last = wire.alerts().get(0).lines().findFirst().orElseThrow().substring(4);
    store.rebuild(Topic.ALERTS);
    hub.onRebuilt(Topic.ALERTS);
    await().atMost(PATIENCE).until(() -> hub.connected() == 0);
    FakeWire again = watch(last);
    await().atMost(PATIENCE).until(() -> !again.written.isEmpty());
    assertThat(again.written.get(0)).contains("event: reset\n");
  }

  @Test
  void aStreamEndsWithItsCredential() {
    LiveClient client = hub.connect(new FakeWire(), TEN);
    await().atMost(PATIENCE).until(() -> client.done().isDone());
  }

  private FakeWire watch(String after) {
    FakeWire wire = new FakeWire();
    LiveClient client = hub.connect(wire, TEN.plusSeconds(3_600));
    hub.watchAlerts(client, "default", AlertQuery.ALL, Sight.WHOLE, after);
    client.onWritePossible();
    return wire;
  }

  /** One batch of alerts, stored and published as the feed does it. */
  private synchronized void produce(int count) {
    List<ViewRecord> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      records.add(record(Json.bytes(Samples.alert("a" + produced, "C-1"))));
    }
    hub.onChanges(store.apply(records));
  }

  /** Forgets the customer of all alerts. */
  private void forget() {
    hub.onChanges(store.apply(List.of(record(null))));
  }

  private ViewRecord record(byte[] alert) {
    return new ViewRecord(
        Topic.ALERTS, 0, produced++, "default/C-1".getBytes(StandardCharsets.UTF_8), alert);
  }
}
