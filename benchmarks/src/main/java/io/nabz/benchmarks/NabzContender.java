package io.nabz.benchmarks;

import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The product's own job: decoding, customer state, flags, snapshots and alerts. */
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
    return clusterSettings();
  }

  static Configuration clusterSettings() {
    Configuration configuration = new Configuration();
    configuration.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
    configuration.set(ExecutionOptions.BUFFER_TIMEOUT, Duration.ofMillis(1));
    configuration.set(PipelineOptions.OBJECT_REUSE, true);
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(10));
    return configuration;
  }

  @Override
  public void define(StreamExecutionEnvironment env, String bootstrapServers) {
    throw new UnsupportedOperationException("to be wired");
  }
}
