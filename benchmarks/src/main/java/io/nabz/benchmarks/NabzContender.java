package io.nabz.benchmarks;

import io.nabz.job.CustomerPipeline;
import io.nabz.job.JobOptions;
import io.nabz.job.NabzJob;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The product's own job as it is deployed: snapshots and alerts out, default options. */
final class NabzContender implements Contender {
  @Override
  public String name() {
    return "nabz";
  }

  @Override
  public String title() {
    return "Nabz";
  }

  @Override
  public List<Probe> probes() {
    SnapshotProbe snapshots = new SnapshotProbe();
    return List.of(snapshots, new AlertProbe(snapshots));
  }

  @Override
  public Configuration configuration() {
    return NabzJob.flinkConfig();
  }

  @Override
  public void define(StreamExecutionEnvironment env, String bootstrapServers) {
    CustomerPipeline.define(env, JobOptions.of(bootstrapServers));
  }
}
