package io.nabz.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nabz.api.intake.KafkaEventLog;
import io.nabz.api.intake.Outgoing;
import io.nabz.api.kafka.KafkaSettings;
import io.nabz.model.Topic;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** How many events a second come in over HTTP, in batches, acknowledged by the broker. */
final class ApiIntake implements ApiPart {
  private static final int BATCH = 500;
  private static final int BATCHES = 40;
  private static final int CONNECTIONS = 4;
  private static final String NDJSON = "application/x-ndjson";
  private static final String ARRAY = "application/cloudevents-batch+json";

  private final Lab lab;
  private final Workspace workspace;
  private final int warmup;
  private final int seconds;
  private final List<String> failures = new ArrayList<>();
  private final List<List<EventGenerator.Generated>> batches = new ArrayList<>();

  ApiIntake(Lab lab, Workspace workspace, int warmup, int seconds) {
    this.lab = lab;
    this.workspace = workspace;
    this.warmup = warmup;
    this.seconds = seconds;
  }

  /** One batch, by its number; false when it was not taken. */
  @FunctionalInterface
  private interface Sending {
    boolean send(int batch) throws IOException;
  }

  /** Makes of a connection what sends on it. */
  @FunctionalInterface
  private interface Opening {
    Sending open(PlainHttp connection);
  }

  @Override
  public String run() throws Exception {
    EventGenerator generator =
        new EventGenerator(new Traffic(10_000, false, 0, 42, Instant.now(), Duration.ZERO));
    for (int i = 0; i < BATCHES; i++) {
      List<EventGenerator.Generated> batch = new ArrayList<>();
      for (int j = 0; j < BATCH; j++) {
        batch.add(generator.next());
      }
      batches.add(batch);
    }
    List<byte[]> lines = batches.stream().map(batch -> joined(batch, "", "\n", "\n")).toList();
    List<byte[]> arrays = batches.stream().map(batch -> joined(batch, "[", ",", "]")).toList();
    Table table = new Table(List.of("events in", "with", "events/s", "API CPU us/event"));
    try (ApiChild bare = ApiChild.bare(workspace.folder("bare"))) {
      row(table, "Javalin alone: body read, 202", "NDJSON, 500 each", bare, lines, NDJSON);
    }
    kafkaAlone(table);
    try (ApiChild api = ApiChild.api(lab.bootstrapServers(), workspace.folder("api"))) {
      row(table, "Nabz, 202 after acks=all", "NDJSON, 500 each", api, lines, NDJSON);
      row(table, "Nabz, 202 after acks=all", "JSON array, 500 each", api, arrays, ARRAY);
    }
    return table.render();
  }

  @Override
  public List<String> failures() {
    return failures;
  }

  private void row(
      Table table, String what, String with, ApiChild server, List<byte[]> bodies, String type)
      throws InterruptedException {
    String token = what.startsWith("Nabz") ? server.token() : "none";
    Opening opening =
        connection ->
            batch -> connection.post("/v1/events", type, bodies.get(batch % BATCHES)) == 202;
    rate(what, server.port(), token, opening, warmup);
    Duration before = server.cpu();
    double rate = rate(what, server.port(), token, opening, seconds);
    double micros = server.cpu().minus(before).toNanos() / 1e3 / (rate * seconds);
    table.add(List.of(what, with, "%,.0f".formatted(rate), "%.1f".formatted(micros)));
  }

  private double rate(String what, int port, String token, Opening opening, int forSeconds)
      throws InterruptedException {
    long until = System.nanoTime() + Duration.ofSeconds(forSeconds).toNanos();
    AtomicLong taken = new AtomicLong();
    AtomicLong refused = new AtomicLong();
    AtomicReference<IOException> broken = new AtomicReference<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      int first = i * BATCHES / CONNECTIONS;
      Thread thread =
          new Thread(
              () -> {
                try (PlainHttp connection = new PlainHttp(port, token)) {
                  Sending sending = opening.open(connection);
                  for (int batch = first; System.nanoTime() < until; batch++) {
                    (sending.send(batch) ? taken : refused).addAndGet(BATCH);
                  }
                } catch (IOException e) {
                  broken.compareAndSet(null, e);
                }
              });
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    if (broken.get() != null) {
      failures.add(what + ": a connection broke: " + broken.get().getMessage());
    } else if (refused.get() > 0) {
      failures.add(what + ": " + refused.get() + " events were refused");
    }
    return taken.get() / (double) forSeconds;
  }

  /** The product's own producer with the same bytes and nothing in front of it. */
  private void kafkaAlone(Table table) throws InterruptedException {
    List<List<Outgoing>> records =
        batches.stream()
            .map(
                batch ->
                    batch.stream()
                        .map(
                            event ->
                                new Outgoing(
                                    Topic.EVENTS,
                                    new String(event.key(), UTF_8),
                                    event.value(),
                                    Map.of()))
                        .toList())
            .toList();
    try (KafkaEventLog log = new KafkaEventLog(KafkaSettings.of(lab.bootstrapServers()))) {
      produce(log, records, warmup);
      double rate = produce(log, records, seconds);
      table.add(
          List.of(
              "Kafka alone: produced, acks=all", "500 at a time", "%,.0f".formatted(rate), "-"));
    }
  }

  private static double produce(KafkaEventLog log, List<List<Outgoing>> records, int forSeconds)
      throws InterruptedException {
    long until = System.nanoTime() + Duration.ofSeconds(forSeconds).toNanos();
    AtomicLong taken = new AtomicLong();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      int first = i * BATCHES / CONNECTIONS;
      Thread thread =
          new Thread(
              () -> {
                for (int batch = first; System.nanoTime() < until; batch++) {
                  log.append(records.get(batch % BATCHES)).join();
                  taken.addAndGet(BATCH);
                }
              });
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    return taken.get() / (double) forSeconds;
  }

  private static byte[] joined(
      List<EventGenerator.Generated> batch, String start, String between, String end) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(start.getBytes(UTF_8));
    for (int i = 0; i < batch.size(); i++) {
      if (i > 0) {
        body.writeBytes(between.getBytes(UTF_8));
      }
      body.writeBytes(batch.get(i).value());
    }
    body.writeBytes(end.getBytes(UTF_8));
    return body.toByteArray();
  }
}
