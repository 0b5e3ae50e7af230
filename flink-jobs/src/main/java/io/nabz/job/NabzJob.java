package io.nabz.job;

import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.state.rocksdb.RocksDBConfigurableOptions;
import org.apache.flink.state.rocksdb.RocksDBOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ParameterTool;
import org.rocksdb.CompressionType;

/** The entry of the job on a cluster; only wires. */
public final class NabzJob {
  public static final String NAME = "nabz";

  /** Fixed for ever: state is spread over this many key groups. */
  private static final int MAX_PARALLELISM = 720;

  private NabzJob() {}

  /** Starts the job; the arguments are those of {@link JobOptions}. */
  public static void main(String[] args) throws Exception {
    JobOptions options = JobOptions.from(ParameterTool.fromArgs(args).toMap());
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(flinkConfig());
    CustomerPipeline.define(env, options);
    env.execute(NAME);
  }

  /** What the job needs of Flink wherever it runs; directories, ports and memory are the host's. */
  public static Configuration flinkConfig() {
    Configuration config = new Configuration();
    config.set(PipelineOptions.NAME, NAME);
    config.set(PipelineOptions.MAX_PARALLELISM, MAX_PARALLELISM);
    config.set(PipelineOptions.OBJECT_REUSE, true);
    // Kryo is slow and its state cannot evolve: a type that would need it fails at once.
    config.set(PipelineOptions.GENERIC_TYPES, false);
    config.set(PipelineOptions.AUTO_WATERMARK_INTERVAL, Duration.ofMillis(50));
    // Flush after each record: else each task has a thread that wakes up a thousand times a second.
    config.set(ExecutionOptions.BUFFER_TIMEOUT, Duration.ZERO);
    config.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
    // What stands in the write buffer is flushed while a checkpoint holds the events back; the
    // smaller it is, the more often the same customer is compacted.
    config.set(RocksDBConfigurableOptions.WRITE_BUFFER_SIZE, MemorySize.ofMebiBytes(16));
    config.set(RocksDBOptions.OPTIONS_FACTORY, FlushThreads.class.getName());
    // What has just been written is soon compacted, and compressing it takes longer than writing.
    config.set(
        RocksDBConfigurableOptions.COMPRESSION_PER_LEVEL,
        List.of(
            CompressionType.NO_COMPRESSION,
            CompressionType.NO_COMPRESSION,
            CompressionType.SNAPPY_COMPRESSION));
    config.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
    config.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(30));
    config.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    return config;
  }
}
