package io.nabz.job;

import io.nabz.intake.IntakeRecord;
import io.nabz.model.Topic;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The graph: events in; snapshots, alerts, the timeline, figures and dead letters out. */
public final class CustomerPipeline {
  /**
   * What the graph gives.
   *
   * @param customers snapshots, alerts and timeline; each record names its topic
   */
  public record Outputs(
      DataStream<Outbound> customers,
      DataStream<Outbound> deadLetters,
      DataStream<Outbound> kpis) {}

  private CustomerPipeline() {}

  /** The graph between the topics of the contract. */
  public static void define(StreamExecutionEnvironment env, JobOptions options) {
    DataStream<IntakeRecord> events =
        env.fromSource(KafkaEnds.events(options), watermarks(options), "events")
            .uid(Uids.EVENTS_SOURCE);
    Outputs outputs = define(events, options);
    outputs
        .customers()
        .sinkTo(KafkaEnds.sink(options))
        .name("snapshots, alerts, timeline")
        .uid(Uids.CUSTOMERS_SINK);
    outputs
        .deadLetters()
        .sinkTo(KafkaEnds.sink(options, Topic.DEAD_LETTERS))
        .name("dead-letters")
        .uid(Uids.DEAD_LETTERS_SINK);
    outputs.kpis().sinkTo(KafkaEnds.sink(options, Topic.KPIS)).name("kpis").uid(Uids.KPIS_SINK);
  }

  /**
   * The same graph behind any source; its records must carry the watermarks of {@link #watermarks}.
   */
  public static Outputs define(DataStream<IntakeRecord> events, JobOptions options) {
    SingleOutputStreamOperator<IntakeRecord> sorted =
        events.process(new SortIntake(options.identity())).name("sort intake").uid(Uids.SORT);
    SingleOutputStreamOperator<Outbound> customers =
        HttpScoring.before(IdentityPipeline.define(sorted, options.identity()), options.text())
            .keyBy(record -> record.customerKey)
            .transform(
                "customer", TypeInformation.of(Outbound.class), new CustomerOperator(options))
            .uid(Uids.CUSTOMER);
    DataStream<Outbound> alerts = customers.getSideOutput(CustomerOperator.ALERTS);
    return new Outputs(
        customers,
        sorted.getSideOutput(SortIntake.DEAD_LETTERS),
        KpiPipeline.define(
            sorted.getSideOutput(SortIntake.FACTS),
            customers.getSideOutput(CustomerOperator.FELT),
            alerts,
            options));
  }

  /** Event time up to the slack; a partition that is silent holds nobody back. */
  public static WatermarkStrategy<IntakeRecord> watermarks(JobOptions options) {
    return WatermarkStrategy.<IntakeRecord>forBoundedOutOfOrderness(options.clockSlack())
        .withTimestampAssigner((record, ignored) -> record.clockMs())
        .withIdleness(options.idleAfter());
  }
}
