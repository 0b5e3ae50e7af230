package io.nabz.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nabz.model.Topic;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * How long a snapshot takes to read while events come in: posted to the API, and a snapshot for
 * each written to the topic, where the stream would write it.
 */
final class ApiReads implements ApiPart {
  private static final int READS = 2_000;
  private static final int EVENTS = 2_000;
  private static final int CUSTOMERS = 10_000;
  private static final int CONNECTIONS = 16;
  private static final int PIECES_A_SECOND = 50;

  private final Lab lab;
  private final Workspace workspace;
  private final int warmup;
  private final int seconds;
  private final List<String> failures = new ArrayList<>();

  ApiReads(Lab lab, Workspace workspace, int warmup, int seconds) {
    this.lab = lab;
    this.workspace = workspace;
    this.warmup = warmup;
    this.seconds = seconds;
  }

  @Override
  public String run() throws Exception {
    Table table = ApiTable.ofTimes();
    try (ApiChild bare = ApiChild.bare(workspace.folder("bare"))) {
      read(table, "Javalin alone: the same bytes", "nothing else", bare, "none");
    }
    try (ApiChild api = ApiChild.api(lab.bootstrapServers(), workspace.folder("api"));
        RecordFeed snapshots = new RecordFeed(lab.bootstrapServers())) {
      for (int i = 0; i < CUSTOMERS; i++) {
        snapshot(snapshots, i, 1);
      }
      snapshots.flush();
      String token = api.token();
      awaitLast(api, token);
      read(table, "Nabz snapshot", "nothing else", api, token);
      AtomicBoolean done = new AtomicBoolean();
      AtomicReference<Exception> broken = new AtomicReference<>();
      Thread load = new Thread(() -> comeIn(api, token, snapshots, done, broken), "bench-events");
      load.start();
      read(table, "Nabz snapshot", "2,000 events/s coming in", api, token);
      done.set(true);
      load.join();
      if (broken.get() != null) {
        failures.add("the events that come in: " + broken.get().getMessage());
      }
    }
    return table.render();
  }

  @Override
  public List<String> failures() {
    return failures;
  }

  private void read(Table table, String what, String with, ApiChild server, String token)
      throws InterruptedException {
    Schedule schedule = Schedule.of(System.nanoTime(), READS, warmup, seconds);
    OpenLoop.Result result =
        OpenLoop.run(
            server.port(),
            token,
            CONNECTIONS,
            schedule,
            200,
            (connection, sequence) ->
                connection.get(
                    "/v1/customers/" + ApiSnapshots.customer(sequence * 7919 % CUSTOMERS)));
    if (result.failures() > 0) {
      failures.add(what + ", " + with + ": " + result.failures() + " reads were refused");
    }
    ApiTable.add(table, what + ", 2,000 reads/s", with, result.histogram());
  }

  private void comeIn(
      ApiChild api,
      String token,
      RecordFeed snapshots,
      AtomicBoolean done,
      AtomicReference<Exception> broken) {
    EventGenerator generator =
        new EventGenerator(new Traffic(CUSTOMERS, false, 0, 42, Instant.now(), Duration.ZERO));
    long number = 0;
    Schedule pieces = Schedule.of(System.nanoTime(), PIECES_A_SECOND, 0, 3_600);
    try (PlainHttp connection = new PlainHttp(api.port(), token)) {
      for (long piece = 0; !done.get(); piece++) {
        OpenLoop.awaitNanos(pieces.intendedNanos(piece));
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int i = 0; i < EVENTS / PIECES_A_SECOND; i++) {
          body.writeBytes(generator.next().value());
          body.write('\n');
          snapshot(snapshots, number % CUSTOMERS, 2 + number / CUSTOMERS);
          number++;
        }
        if (connection.post("/v1/events", "application/x-ndjson", body.toByteArray()) != 202) {
          throw new IOException("a batch was refused");
        }
      }
    } catch (IOException | RuntimeException e) {
      broken.set(e);
    }
  }

  private static void awaitLast(ApiChild api, String token) throws IOException {
    try (PlainHttp connection = new PlainHttp(api.port(), token)) {
      for (int i = 0; i < CUSTOMERS; i += 97) {
        long until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (connection.get("/v1/customers/" + ApiSnapshots.customer(i)) != 200) {
          if (System.nanoTime() > until) {
            throw new BenchException("the snapshots have not come to the view");
          }
          OpenLoop.awaitNanos(System.nanoTime() + 20_000_000);
        }
      }
    }
  }

  private static void snapshot(RecordFeed feed, long customer, long version) {
    String id = ApiSnapshots.customer(customer);
    feed.send(
        Topic.SNAPSHOTS, ("default/" + id).getBytes(UTF_8), ApiSnapshots.json(id, version), null);
  }
}
