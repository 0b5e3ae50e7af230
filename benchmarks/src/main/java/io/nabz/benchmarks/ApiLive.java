package io.nabz.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nabz.model.Topic;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/**
 * Live delivery to many clients: quiet, then with some that do not read while a lot is sent to
 * them, then while all the others go and come back at once. Alerts are put into their topic as the
 * stream would, so that it is the hub that is measured. The storm comes twice, each time as an
 * alert falls due: the first finds the code that opens a stream as cold as after a start.
 */
final class ApiLive implements ApiPart {
  private static final String LIVE = "live";
  private static final String BULK = "bulk";
  private static final byte[] KEY = "default/C-bench".getBytes(UTF_8);

  /** More than what a connection's buffers hold for one that does not read. */
  private static final int BULK_ALERTS = 1_500;

  private static final int BULK_A_SECOND = 100;
  private static final int BULK_BYTES = 4 << 10;
  private static final Duration ALL_THERE = Duration.ofSeconds(120);
  private static final Duration ALL_READ = Duration.ofSeconds(60);

  /** What a client that does not read may take to be gone. */
  private static final Duration SILENT_GONE = Duration.ofSeconds(60);

  private final Lab lab;
  private final Workspace workspace;
  private final int clients;
  private final int silent;
  private final int rate;
  private final int seconds;
  private final List<String> failures = new ArrayList<>();

  ApiLive(Lab lab, Workspace workspace, int clients, int silent, int rate, int seconds) {
    this.lab = lab;
    this.workspace = workspace;
    this.clients = clients;
    this.silent = silent;
    this.rate = rate;
    this.seconds = seconds;
  }

  /**
   * What was found.
   *
   * @param phases quiet, beside the silent ones, first storm, second storm
   * @param silentGone from the first of what they were sent
   * @param back of each storm, until the server had greeted all again
   * @param heap before there were clients, with them, and when they were gone
   */
  record Result(
      List<Histogram> phases,
      long gaps,
      long doubles,
      Duration connected,
      Duration silentGone,
      List<Duration> back,
      List<Long> heap) {}

  @Override
  public String run() throws Exception {
    Result result = measure();
    Table table = ApiTable.ofTimes();
    String with = "%,d clients, %d alerts/s to each".formatted(clients - silent, rate);
    ApiTable.add(table, "alert in Kafka -> client, quiet", with, result.phases().get(0));
    ApiTable.add(
        table,
        "the same",
        "and %d that do not read %,d alerts of 4 KiB".formatted(silent, BULK_ALERTS),
        result.phases().get(1));
    ApiTable.add(table, "the same", "and all go and come back at once", result.phases().get(2));
    ApiTable.add(table, "the same", "and once more", result.phases().get(3));
    return table.render()
        + """

        - missing %d, twice %d, of %,d deliveries
        - all connected after %s; all were back %s after they had gone, and the second time %s
        - clients that do not read were gone %s after the first of what they were sent
        - heap after a full collection: %s MiB without clients, %s MiB with them, %s MiB after them
        """
            .formatted(
                result.gaps(),
                result.doubles(),
                result.phases().stream().mapToLong(Histogram::getTotalCount).sum(),
                seconds(result.connected()),
                seconds(result.back().get(0)),
                seconds(result.back().get(1)),
                seconds(result.silentGone()),
                ApiTable.mib(result.heap().get(0)),
                ApiTable.mib(result.heap().get(1)),
                ApiTable.mib(result.heap().get(2)));
  }

  @Override
  public List<String> failures() {
    return failures;
  }

  Result measure() throws Exception {
    int readers = clients - silent;
    try (ApiChild api = ApiChild.api(lab.bootstrapServers(), workspace.folder("api"));
        RecordFeed feed = new RecordFeed(lab.bootstrapServers())) {
      List<Long> heap = new ArrayList<>();
      heap.add(api.heapBytes());
      long perPhase = (long) rate * seconds;
      // The first alerts find the code cold and are not timed.
      long warm = Math.max(1, perPhase / 4);
      long end = warm + 4 * perPhase;
      long connecting = System.nanoTime();
      AtomicReference<Deliveries> counting = new AtomicReference<>();
      try (SseFleet fleet =
          new SseFleet(
              api.port(),
              api.token(),
              (client, sequence, nanos) -> counting.get().alert(client, sequence, nanos))) {
        fleet.add(readers, "/v1/alerts/stream?queue=" + LIVE, true);
        fleet.add(silent, "/v1/alerts/stream", false);
        await("the clients are not connected", ALL_THERE, () -> fleet.greeted() == clients);
        await("the clients are not connected", ALL_THERE, () -> live(api) == clients);
        Duration connected = since(connecting);
        heap.add(api.heapBytes());
        Schedule schedule =
            Schedule.of(System.nanoTime() + 1_000_000_000L, rate, 0, (int) (end / rate) + 1);
        Deliveries deliveries =
            new Deliveries(
                schedule,
                clients,
                0,
                warm,
                warm + perPhase,
                warm + 2 * perPhase,
                warm + 3 * perPhase);
        counting.set(deliveries);
        Thread feeding = new Thread(() -> feed(feed, schedule, end), "bench-alerts");
        feeding.start();
        OpenLoop.awaitNanos(schedule.intendedNanos(warm + perPhase));
        Duration silentGone = silence(api, feed, readers);
        List<Duration> back = new ArrayList<>();
        back.add(storm(fleet, schedule, warm + 2 * perPhase, readers));
        back.add(storm(fleet, schedule, warm + 3 * perPhase, readers));
        feeding.join();
        feed.flush();
        await(
            "clients have not got everything",
            ALL_READ,
            () -> deliveries.behind(readers, end) == 0);
        fleet.close();
        await("clients that have gone are still there", ALL_READ, () -> live(api) == 0);
        heap.add(api.heapBytes());
        check(deliveries);
        return new Result(
            IntStream.range(0, 4).mapToObj(deliveries::phase).toList(),
            deliveries.gaps(),
            deliveries.doubles(),
            connected,
            silentGone,
            back,
            heap);
      }
    }
  }

  private void check(Deliveries deliveries) {
    if (deliveries.gaps() > 0 || deliveries.doubles() > 0) {
      failures.add(
          "live: %d deliveries are missing and %d came twice"
              .formatted(deliveries.gaps(), deliveries.doubles()));
    }
  }

  /** Sends much to those that do not read, and waits until the server has let them go. */
  private Duration silence(ApiChild api, RecordFeed feed, int readers) throws Exception {
    if (silent == 0) {
      return Duration.ZERO;
    }
    long from = System.nanoTime();
    Schedule bulk = Schedule.of(from, BULK_A_SECOND, 0, BULK_ALERTS);
    AtomicBoolean gone = new AtomicBoolean();
    Thread sending =
        new Thread(
            () -> {
              for (int i = 0; i < BULK_ALERTS && !gone.get(); i++) {
                OpenLoop.awaitNanos(bulk.intendedNanos(i));
                feed.send(Topic.ALERTS, KEY, AlertBytes.of("x-" + i, BULK, BULK_BYTES), 0);
              }
            },
            "bench-bulk");
    sending.start();
    await("clients that do not read are not gone", SILENT_GONE, () -> live(api) == readers);
    gone.set(true);
    Duration after = since(from);
    sending.join();
    return after;
  }

  /**
   * Has all go as the alert falls due, or the first after it that is not past; until all are back.
   */
  private static Duration storm(SseFleet fleet, Schedule schedule, long alert, int readers)
      throws IOException, InterruptedException {
    long due = alert;
    while (schedule.intendedNanos(due) < System.nanoTime()) {
      due++;
    }
    OpenLoop.awaitNanos(schedule.intendedNanos(due));
    int before = fleet.greeted();
    long from = System.nanoTime();
    Progress.say("all go and come back");
    fleet.storm();
    await("the clients are not back", ALL_THERE, () -> fleet.greeted() - before >= readers);
    return since(from);
  }

  private static void feed(RecordFeed feed, Schedule schedule, long end) {
    for (long sequence = 0; sequence < end; sequence++) {
      OpenLoop.awaitNanos(schedule.intendedNanos(sequence));
      feed.send(Topic.ALERTS, KEY, AlertBytes.of(SequenceId.of(sequence), LIVE, 0), 0);
    }
  }

  private static int live(ApiChild api) throws IOException, InterruptedException {
    return (int) api.metric("nabz_live_clients", "");
  }

  /** What may become true. */
  private interface Condition {
    boolean holds() throws IOException, InterruptedException;
  }

  private static void await(String otherwise, Duration patience, Condition condition)
      throws IOException, InterruptedException {
    long until = System.nanoTime() + patience.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > until) {
        throw new BenchException(otherwise + " within " + patience.toSeconds() + " s");
      }
      OpenLoop.awaitNanos(System.nanoTime() + 100_000_000L);
    }
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }

  private static String seconds(Duration duration) {
    return "%.1f s".formatted(duration.toMillis() / 1e3);
  }
}
