package io.nabz.job;

import io.nabz.intake.IntakeRecord;
import io.nabz.kpi.Fact;
import io.nabz.model.Topic;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.transformations.SideOutputTransformation;
import org.apache.flink.streaming.api.transformations.TwoInputTransformation;

/** The graph: events in; snapshots, alerts, the timeline, figures and dead letters out. */
public final class CustomerPipeline {
  /**
   * What the graph gives.
   *
   * @param customers snapshots, alerts and timeline; each record names its topic
   * @param watches alerts about sources and queues
   * @param crowds alerts across customers; not one stream with those of customers, which would put
   *     a network between these and their sink
   */
  public record Outputs(
      DataStream<Outbound> customers,
      DataStream<Outbound> crowds,
      DataStream<Outbound> watches,
      DataStream<Outbound> deadLetters,
      DataStream<Outbound> kpis) {}

  private CustomerPipeline() {}

  /** The graph between the topics of the contract. */
  public static void define(StreamExecutionEnvironment env, JobOptions options) {
    DataStream<IntakeRecord> events =
        env.fromSource(KafkaEnds.events(options), watermarks(options), "events")
            .uid(Uids.EVENTS_SOURCE);
    DataStream<RuleChange> rules =
        env.fromSource(KafkaEnds.rules(options), WatermarkStrategy.noWatermarks(), "rules")
            .setParallelism(1)
            .uid(Uids.RULES_SOURCE);
    Outputs outputs = define(events, rules, options);
    outputs
        .customers()
        .sinkTo(KafkaEnds.sink(options))
        .name("snapshots, alerts, timeline")
        .uid(Uids.CUSTOMERS_SINK);
    outputs
        .crowds()
        .sinkTo(KafkaEnds.sink(options))
        .name("alerts across customers")
        .uid(Uids.CROWD_SINK);
    outputs
        .watches()
        .sinkTo(KafkaEnds.sink(options))
        .name("alerts about sources and queues")
        .uid(Uids.WATCH_SINK);
    outputs
        .deadLetters()
        .sinkTo(KafkaEnds.sink(options, Topic.DEAD_LETTERS))
        .name("dead-letters")
        .uid(Uids.DEAD_LETTERS_SINK);
    outputs.kpis().sinkTo(KafkaEnds.sink(options, Topic.KPIS)).name("kpis").uid(Uids.KPIS_SINK);
  }

  /**
   * The same graph behind any source; its events must carry the watermarks of {@link #watermarks}.
   */
  public static Outputs define(
      DataStream<IntakeRecord> events, DataStream<RuleChange> rules, JobOptions options) {
    SingleOutputStreamOperator<IntakeRecord> sorted =
        events.process(new SortIntake(options.identity())).name("sort intake").uid(Uids.SORT);
    DataStream<IntakeRecord> attributed =
        HttpScoring.before(IdentityPipeline.define(sorted, options.identity()), options.text());
    TwoInputTransformation<IntakeRecord, RuleChange, Outbound> operator =
        operator(
            attributed.keyBy(record -> record.customerKey),
            rules.broadcast(),
            new CustomerOperator(options),
            Uids.CUSTOMER);
    StreamExecutionEnvironment env = events.getExecutionEnvironment();
    DataStream<Outbound> customers = new DataStream<>(env, operator);
    DataStream<Fact> alerts =
        new DataStream<>(env, new SideOutputTransformation<>(operator, CustomerOperator.ALERTS));
    DataStream<CrowdRecord> ofCrowds =
        new DataStream<>(env, new SideOutputTransformation<>(operator, CustomerOperator.CROWD));
    TwoInputTransformation<CrowdRecord, RuleChange, Outbound> crowd =
        operator(
            ofCrowds.keyBy(record -> record.key),
            rules.broadcast(),
            new CrowdOperator(options),
            Uids.CROWD);
    DataStream<Fact> alertsOfCrowds =
        new DataStream<>(env, new SideOutputTransformation<>(crowd, CrowdOperator.ALERTS));
    DataStream<Fact> felt =
        new DataStream<>(env, new SideOutputTransformation<>(operator, CustomerOperator.FELT));
    SingleOutputStreamOperator<Outbound> kpis =
        KpiPipeline.define(
            sorted.getSideOutput(SortIntake.FACTS), felt, alerts.union(alertsOfCrowds), options);
    TwoInputTransformation<WatchRecord, RuleChange, Outbound> watch =
        operator(
            sorted
                .getSideOutput(SortIntake.SIGNS)
                .union(kpis.getSideOutput(KpiPanes.QUARTERS))
                .keyBy(record -> record.key),
            rules.broadcast(),
            new WatchOperator(options),
            Uids.WATCH);
    return new Outputs(
        customers,
        new DataStream<>(env, crowd),
        new DataStream<>(env, watch),
        sorted.getSideOutput(SortIntake.DEAD_LETTERS),
        kpis);
  }

  /** By hand: the API's broadcast streams take functions only, and only an operator has a clock. */
  private static <I> TwoInputTransformation<I, RuleChange, Outbound> operator(
      KeyedStream<I, String> events,
      DataStream<RuleChange> rules,
      TwoInputStreamOperator<I, RuleChange, Outbound> runs,
      String uid) {
    TwoInputTransformation<I, RuleChange, Outbound> operator =
        new TwoInputTransformation<>(
            events.getTransformation(),
            rules.getTransformation(),
            uid,
            runs,
            TypeInformation.of(Outbound.class),
            events.getExecutionEnvironment().getParallelism());
    operator.setStateKeySelectors(events.getKeySelector(), null);
    operator.setStateKeyType(events.getKeyType());
    operator.setUid(uid);
    events.getExecutionEnvironment().addOperator(operator);
    return operator;
  }

  /** Event time up to the slack; a partition that is silent holds nobody back. */
  public static WatermarkStrategy<IntakeRecord> watermarks(JobOptions options) {
    return WatermarkStrategy.<IntakeRecord>forBoundedOutOfOrderness(options.clockSlack())
        .withTimestampAssigner((record, ignored) -> record.clockMs())
        .withIdleness(options.idleAfter());
  }
}
