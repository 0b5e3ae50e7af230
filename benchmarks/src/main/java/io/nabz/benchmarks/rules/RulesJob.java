package io.nabz.benchmarks.rules;

import io.nabz.job.NabzJob;
import io.nabz.model.Event;
import io.nabz.model.EventDecoder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.cep.CEP;
import org.apache.flink.cep.PatternStream;
import org.apache.flink.cep.functions.PatternProcessFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.environment.LocalStreamEnvironment;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;

/**
 * A bounded job in this process: events made on the spot, matched on RocksDB under the product's
 * own settings, matches counted. Without Kafka, so that the matchers are what is measured.
 */
final class RulesJob {
  /** The matchers that are compared. */
  enum Matcher {
    OURS("Nabz"),
    CEP_EVENT_TIME("flink-cep, event time, 5 s"),
    CEP_PROCESSING_TIME("flink-cep, processing time");

    private final String title;

    Matcher(String title) {
      this.title = title;
    }

    String title() {
      return title;
    }
  }

  /** The job runs in this process, so that what it counts can be seen. */
  private static final AtomicLong FIRST_NANOS = new AtomicLong();

  private static final LongAdder MATCHES = new LongAdder();
  private static final Duration DISORDER = Duration.ofSeconds(5);

  private RulesJob() {}

  static RulesResult run(Matcher matcher, int patterns, long events, RulesTraffic traffic)
      throws Exception {
    FIRST_NANOS.set(0);
    MATCHES.reset();
    try (LocalStreamEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(1, NabzJob.flinkConfig())) {
      DataStream<byte[]> bytes =
          env.fromSequence(0, events - 1)
              .map(number -> made(traffic, number))
              .returns(PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
      List<RulesPattern> all = RulesPattern.first(patterns);
      if (matcher == Matcher.OURS) {
        count(
            bytes
                .keyBy(event -> EventDecoder.trusted(event).subject(), Types.STRING)
                .process(new OurMatcher(all), Types.LONG));
      } else {
        cep(matcher, bytes, all);
      }
      env.execute(matcher.title());
      double seconds = (System.nanoTime() - FIRST_NANOS.get()) / 1e9;
      return new RulesResult(matcher.title(), patterns, events, seconds, MATCHES.sum());
    }
  }

  /** As its documentation has it: one operator a pattern over the same keyed stream. */
  private static void cep(Matcher matcher, DataStream<byte[]> bytes, List<RulesPattern> patterns) {
    KeyedStream<RulesEvent, String> events =
        bytes
            .map(RulesJob::parsed)
            .returns(TypeInformation.of(RulesEvent.class))
            .assignTimestampsAndWatermarks(
                WatermarkStrategy.<RulesEvent>forBoundedOutOfOrderness(DISORDER)
                    .withTimestampAssigner((event, ignored) -> event.timeMs))
            .keyBy(event -> event.customer, Types.STRING);
    for (RulesPattern pattern : patterns) {
      PatternStream<RulesEvent> stream = CEP.pattern(events, pattern.cep());
      stream = matcher == Matcher.CEP_EVENT_TIME ? stream.inEventTime() : stream.inProcessingTime();
      count(stream.process(new Found(), Types.LONG));
    }
  }

  private static byte[] made(RulesTraffic traffic, long number) {
    FIRST_NANOS.compareAndSet(0, System.nanoTime());
    return traffic.event(number);
  }

  private static RulesEvent parsed(byte[] bytes) {
    Event event = EventDecoder.trusted(bytes);
    RulesEvent parsed = new RulesEvent();
    parsed.id = event.id();
    parsed.customer = event.subject();
    parsed.type = event.type();
    parsed.v = event.data().path("v").asInt();
    parsed.timeMs = event.time().toEpochMilli();
    return parsed;
  }

  private static void count(DataStream<Long> matches) {
    matches
        .map(
            match -> {
              MATCHES.increment();
              return match;
            })
        .returns(Types.LONG)
        .sinkTo(new DiscardingSink<>());
  }

  private static final class Found extends PatternProcessFunction<RulesEvent, Long> {
    private static final long serialVersionUID = 1;

    @Override
    public void processMatch(
        Map<String, List<RulesEvent>> match, Context context, Collector<Long> out) {
      out.collect(1L);
    }
  }
}
