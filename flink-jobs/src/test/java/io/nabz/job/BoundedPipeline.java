package io.nabz.job;

import io.nabz.intake.IntakeRecord;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;

/**
 * The whole graph with RocksDB behind a source that ends: collect what is to be looked at from
 * {@link #outputs}, then {@link #start}.
 */
final class BoundedPipeline {
  static final JobOptions OPTIONS = JobOptions.of("nowhere:9092");

  private static final int SLOTS = 2;

  private final StreamExecutionEnvironment env =
      StreamExecutionEnvironment.getExecutionEnvironment(NabzJob.flinkConfig());

  private final CustomerPipeline.Outputs outputs;

  /** With the product's watermarks, on all slots. */
  BoundedPipeline(List<IntakeRecord> records, JobOptions options) {
    this(records, options, CustomerPipeline.watermarks(options), SLOTS);
  }

  BoundedPipeline(
      List<IntakeRecord> records,
      JobOptions options,
      WatermarkStrategy<IntakeRecord> watermarks,
      int parallelism) {
    env.setParallelism(parallelism);
    outputs =
        CustomerPipeline.define(
            env.fromData(records, TypeInformation.of(IntakeRecord.class))
                .assignTimestampsAndWatermarks(watermarks),
            // A source has to have something; of this rule nobody has heard.
            env.fromData(
                List.of(new RuleChange("other/gone", null)), TypeInformation.of(RuleChange.class)),
            options);
  }

  /** The cluster for it, to be registered as an extension of the test class. */
  static MiniClusterExtension cluster() {
    return new MiniClusterExtension(
        new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(SLOTS)
            .build());
  }

  CustomerPipeline.Outputs outputs() {
    return outputs;
  }

  void start() throws Exception {
    env.executeAsync("bounded-test");
  }
}
