package io.nabz.job;

import static java.util.Objects.requireNonNull;

import io.nabz.customer.Wording;
import io.nabz.intake.IntakeRecord;
import io.nabz.model.Event;
import io.nabz.model.EventDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Has texts read by a scorer elsewhere. What it does not answer in time, or not usably, goes on
 * unread, and the built-in scorer reads it where it always does. A scorer that fails again and
 * again is left alone for a moment, so that a dead one does not slow the stream.
 */
final class HttpScoring extends RichAsyncFunction<IntakeRecord, IntakeRecord> {
  private static final long serialVersionUID = 1;
  private static final OutputTag<IntakeRecord> TEXTS =
      new OutputTag<>("texts", TypeInformation.of(IntakeRecord.class));

  private static final int FAILURES_BEFORE_REST = 20;
  private static final Duration REST = Duration.ofSeconds(5);

  /** So much longer the stream waits, for an answer that comes at the last moment. */
  private static final Duration GRACE = Duration.ofMillis(200);

  private final TextOptions options;
  private transient ExecutorService threads;
  private transient HttpClient client;
  private transient AtomicInteger failures;
  private transient LongAdder answered;
  private transient LongAdder unanswered;
  private transient volatile long restsUntilNanos;

  HttpScoring(TextOptions options) {
    this.options = requireNonNull(options, "options is null");
  }

  /**
   * Lets texts pass by the scorer, if there is one. All else goes ahead: only what somebody wrote
   * waits for the answer.
   */
  static DataStream<IntakeRecord> before(DataStream<IntakeRecord> records, TextOptions options) {
    if (!options.hasScorer()) {
      return records;
    }
    SingleOutputStreamOperator<IntakeRecord> others =
        records.process(new TextsAside()).name("texts aside").uid(Uids.TEXTS_ASIDE);
    DataStream<IntakeRecord> read =
        AsyncDataStream.unorderedWait(
                others.getSideOutput(TEXTS),
                new HttpScoring(options),
                options.scorerTimeout().plus(GRACE).toMillis(),
                TimeUnit.MILLISECONDS,
                options.scorerInFlight())
            .name("outside scorer")
            .uid(Uids.SCORER);
    return others.union(read);
  }

  private static final class TextsAside extends ProcessFunction<IntakeRecord, IntakeRecord> {
    private static final long serialVersionUID = 1;

    @Override
    public void processElement(IntakeRecord record, Context context, Collector<IntakeRecord> out) {
      byte[] event = record.isNews() ? record.eventBytes() : null;
      if (event == null || Wording.toRead(EventDecoder.trusted(event)) == null) {
        out.collect(record);
      } else {
        context.output(TEXTS, record);
      }
    }
  }

  @Override
  public void open(OpenContext context) {
    threads = Executors.newFixedThreadPool(2, HttpScoring::daemon);
    client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(options.scorerTimeout())
            .executor(threads)
            .build();
    failures = new AtomicInteger();
    answered = new LongAdder();
    unanswered = new LongAdder();
    restsUntilNanos = System.nanoTime();
    getRuntimeContext().getMetricGroup().gauge("textsScored", answered::sum);
    getRuntimeContext().getMetricGroup().gauge("textsLeftToBuiltIn", unanswered::sum);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "nabz-scorer");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void asyncInvoke(IntakeRecord record, ResultFuture<IntakeRecord> result) {
    if (System.nanoTime() - restsUntilNanos < 0) {
      unanswered.increment();
      result.complete(List.of(record));
      return;
    }
    Event event = EventDecoder.trusted(record.eventBytes());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(options.scorerUrl())
            .timeout(options.scorerTimeout())
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofByteArray(
                    ScorerWire.question(event, Wording.toRead(event))));
    if (options.scorerToken() != null) {
      request.header("Authorization", "Bearer " + options.scorerToken());
    }
    client
        .sendAsync(request.build(), HttpResponse.BodyHandlers.ofByteArray())
        .whenComplete((response, error) -> result.complete(List.of(read(record, response))));
  }

  @Override
  public void timeout(IntakeRecord record, ResultFuture<IntakeRecord> result) {
    unanswered.increment();
    result.complete(List.of(record));
  }

  /** A new record, since the one that came in may have gone on already. */
  private IntakeRecord read(IntakeRecord record, HttpResponse<byte[]> response) {
    boolean usable =
        response != null
            && response.statusCode() == 200
            && ScorerWire.reading(response.body()).isPresent();
    if (!usable) {
      unanswered.increment();
      if (failures.incrementAndGet() >= FAILURES_BEFORE_REST) {
        failures.set(0);
        restsUntilNanos = System.nanoTime() + REST.toNanos();
      }
      return record;
    }
    failures.set(0);
    answered.increment();
    return record.read(response.body());
  }

  @Override
  public void close() {
    if (threads != null) {
      threads.shutdownNow();
    }
  }
}
