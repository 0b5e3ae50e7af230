package io.nabz.benchmarks.rules;

import io.nabz.job.NabzJob;
import io.nabz.model.Event;
import io.nabz.model.EventDecoder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.cep.CEP;
import org.apache.flink.cep.PatternStream;
import org.apache.flink.cep.functions.PatternProcessFunction;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
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

  static final Duration DISORDER = Duration.ofSeconds(5);

  private RulesJob() {}

  /**
   * @param folder for checkpoints
   */
  static RulesResult run(Matcher matcher, int patterns, RulesLoad load, Path folder)
      throws Exception {
    RulesMeter meter = RulesMeter.begin(load, matcher == Matcher.OURS ? 1 : patterns);
    Configuration config = NabzJob.flinkConfig();
    config.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    config.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, folder.toUri().toString());
    try (LocalStreamEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(1, config)) {
      DataStream<byte[]> bytes =
          env.addSource(
              new RulesSource(load),
              "events",
              PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
      List<RulesPattern> all = RulesPattern.first(patterns);
      if (matcher == Matcher.OURS) {
        count(
            bytes
                .map(RulesJob::keyed)
                .returns(TypeInformation.of(RulesRecord.class))
                .keyBy(record -> record.customer, Types.STRING)
                .process(new OurMatcher(all), Types.LONG),
            false);
      } else {
        cep(matcher, bytes, all);
      }
      env.execute(matcher.title());
      return meter.result(matcher, patterns);
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
      count(stream.process(new Found(), Types.LONG), true);
    }
  }

  /** Each matcher's input is decoded once ahead of the shuffle, as events have to be. */
  private static RulesRecord keyed(byte[] bytes) {
    RulesRecord record = new RulesRecord();
    record.customer = EventDecoder.trusted(bytes).subject();
    record.event = bytes;
    return record;
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

  /**
   * @param saysReady for a matcher that cannot say so itself
   */
  private static void count(DataStream<Long> matches, boolean saysReady) {
    matches.map(new Counting(saysReady)).returns(Types.LONG).sinkTo(new DiscardingSink<>());
  }

  /** Told the number of the event that completed each match. */
  private static final class Counting extends RichMapFunction<Long, Long> {
    private static final long serialVersionUID = 1;

    private final boolean saysReady;
    private transient RulesMeter meter;

    Counting(boolean saysReady) {
      this.saysReady = saysReady;
    }

    @Override
    public void open(OpenContext context) {
      meter = RulesMeter.current();
      if (saysReady) {
        meter.ready();
      }
    }

    @Override
    public Long map(Long number) {
      meter.matched(number);
      return number;
    }

    @Override
    public void close() {
      if (meter != null) {
        meter.ended();
      }
    }
  }

  private static final class Found extends PatternProcessFunction<RulesEvent, Long> {
    private static final long serialVersionUID = 1;

    @Override
    public void processMatch(
        Map<String, List<RulesEvent>> match, Context context, Collector<Long> out) {
      out.collect(RulesTraffic.number(match.get(RulesPattern.SECOND).get(0).id));
    }
  }
}
