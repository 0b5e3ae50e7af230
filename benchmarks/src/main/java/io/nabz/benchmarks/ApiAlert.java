package io.nabz.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nabz.model.Topic;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.HdrHistogram.Histogram;

/**
 * From an event that is due to be posted to its alert on a live client. Beside it the same alerts
 * as a consumer of the topic sees them, without view and hub.
 */
final class ApiAlert implements ApiPart {
  private static final int RATE = 1_000;
  private static final int CONNECTIONS = 16;
  private static final int ALERT_EVERY = 20;
  private static final byte[] KEY = "default/C-bench".getBytes(UTF_8);
  private static final byte[] EVENT_ID = SequenceId.fieldPattern("id");
  private static final Duration SETTLE = Duration.ofSeconds(3);

  private final Lab lab;
  private final Workspace workspace;
  private final int warmup;
  private final int seconds;
  private final boolean job;
  private final List<String> failures = new ArrayList<>();

  ApiAlert(Lab lab, Workspace workspace, int warmup, int seconds, boolean job) {
    this.lab = lab;
    this.workspace = workspace;
    this.warmup = warmup;
    this.seconds = seconds;
    this.job = job;
  }

  @Override
  public String run() throws Exception {
    if (job) {
      lab.startJob();
    }
    EventGenerator generator =
        new EventGenerator(new Traffic(10_000, false, 0, 42, Instant.now(), Duration.ofMillis(1)));
    List<byte[]> events = new ArrayList<>();
    for (int i = 0; i < RATE * (warmup + seconds); i++) {
      events.add(generator.next().value());
    }
    AtomicReference<Schedule> schedule = new AtomicReference<>();
    Times onClient = new Times(schedule);
    Times inKafka = new Times(schedule);
    Table table = ApiTable.ofTimes();
    try (ApiChild api = ApiChild.api(lab.bootstrapServers(), workspace.folder("api"));
        TopicTail watch =
            new TopicTail(
                lab.bootstrapServers(),
                Topic.ALERTS.topicName(),
                alert -> inKafka.seen(SequenceId.newestIn(alert), System.nanoTime()));
        RecordFeed alerts = new RecordFeed(lab.bootstrapServers());
        TopicTail standIn =
            job
                ? null
                : new TopicTail(
                    lab.bootstrapServers(),
                    Topic.EVENTS.topicName(),
                    event -> standIn(alerts, event));
        SseFleet fleet =
            new SseFleet(
                api.port(),
                api.token(),
                (client, sequence, nanos) -> onClient.seen(sequence, nanos))) {
      fleet.add(1, "/v1/alerts/stream", true);
      while (fleet.greeted() < 1 || !watch.isReady() || (standIn != null && !standIn.isReady())) {
        OpenLoop.awaitNanos(System.nanoTime() + 50_000_000L);
      }
      schedule.set(Schedule.of(System.nanoTime() + 500_000_000L, RATE, warmup, seconds));
      OpenLoop.Result posted =
          OpenLoop.run(
              api.port(),
              api.token(),
              CONNECTIONS,
              schedule.get(),
              202,
              (connection, sequence) -> post(connection, events.get((int) sequence)));
      OpenLoop.awaitNanos(System.nanoTime() + SETTLE.toNanos());
      if (posted.failures() > 0) {
        failures.add("alert: " + posted.failures() + " events were refused");
      }
      String with = "1,000 posts/s, " + (job ? "the product's job" : "a stand-in for the stream");
      ApiTable.add(table, "event due -> 202", with, posted.histogram());
      ApiTable.add(table, "event due -> alert in Kafka", with, inKafka.histogram());
      ApiTable.add(table, "event due -> alert on a live client", with, onClient.histogram());
      if (onClient.histogram().getTotalCount() != inKafka.histogram().getTotalCount()) {
        failures.add(
            "alert: %,d alerts in Kafka, %,d on the client"
                .formatted(
                    inKafka.histogram().getTotalCount(), onClient.histogram().getTotalCount()));
      }
    }
    return table.render();
  }

  @Override
  public List<String> failures() {
    return failures;
  }

  private static int post(PlainHttp connection, byte[] event) throws IOException {
    return connection.post("/v1/events", "application/cloudevents+json", event);
  }

  /** In the stream's place: every 20th event makes an alert, and that is all. */
  private static void standIn(RecordFeed alerts, byte[] event) {
    int at = SequenceId.endOf(EVENT_ID, event, 0);
    long sequence = at < 0 ? -1 : SequenceId.digitsAt(event, at);
    if (sequence >= 0 && sequence % ALERT_EVERY == 0) {
      alerts.send(Topic.ALERTS, KEY, AlertBytes.of(SequenceId.of(sequence), "billing", 0), null);
    }
  }

  /** Times of one kind of sighting. */
  static final class Times {
    private final AtomicReference<Schedule> schedule;
    private final Histogram histogram = LatencyRecorder.emptyHistogram();

    Times(AtomicReference<Schedule> schedule) {
      this.schedule = schedule;
    }

    synchronized void seen(long sequence, long nanos) {
      Schedule now = schedule.get();
      if (now != null && sequence >= 0 && now.isMeasured(sequence)) {
        histogram.recordValue(Math.max(0, nanos - now.intendedNanos(sequence)));
      }
    }

    synchronized Histogram histogram() {
      return histogram.copy();
    }
  }
}
