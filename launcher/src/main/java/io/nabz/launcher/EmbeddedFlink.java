package io.nabz.launcher;

import io.nabz.job.CustomerPipeline;
import io.nabz.job.JobOptions;
import io.nabz.job.NabzJob;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Flink in this process with its web page, and the one job in it. */
final class EmbeddedFlink implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedFlink.class);
  private static final int PARALLELISM = 2;
  private static final Duration JOB_START_PATIENCE = Duration.ofSeconds(60);
  private static final Duration LAST_CHECKPOINT_PATIENCE = Duration.ofSeconds(5);
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);

  private final MiniCluster cluster;
  private final Configuration config;
  private final CheckpointStore checkpoints;
  private volatile JobID job;

  private EmbeddedFlink(MiniCluster cluster, Configuration config, CheckpointStore checkpoints) {
    this.cluster = cluster;
    this.config = config;
    this.checkpoints = checkpoints;
  }

  /** Starts the cluster, without a job. */
  static EmbeddedFlink start(DataDir dataDir, int webPort) throws Exception {
    CheckpointStore.delete(dataDir.scratch());
    Configuration config = config(dataDir, webPort);
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(config)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(PARALLELISM)
                .build());
    cluster.start();
    return new EmbeddedFlink(cluster, config, new CheckpointStore(dataDir.checkpoints()));
  }

  private static Configuration config(DataDir dataDir, int webPort) {
    Configuration config = NabzJob.flinkConfig();
    config.set(RestOptions.ADDRESS, "127.0.0.1");
    config.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
    config.set(RestOptions.PORT, webPort);
    config.set(RestOptions.BIND_PORT, Integer.toString(webPort));
    config.set(RestOptions.SERVER_NUM_THREADS, 2);
    // Whoever reaches the page may look, not act: it asks nobody who he is.
    config.set(WebOptions.SUBMIT_ENABLE, false);
    config.set(WebOptions.CANCEL_ENABLE, false);
    config.set(WebOptions.RESCALE_ENABLE, false);
    config.set(WebOptions.LOG_PATH, dataDir.logs().resolve("nabz.log").toString());

    config.set(CoreOptions.TMP_DIRS, dataDir.scratch().toString());
    config.set(WebOptions.TMP_DIR, dataDir.scratch().resolve("web").toString());
    config.set(CoreOptions.DEFAULT_PARALLELISM, PARALLELISM);
    config.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(128));
    config.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(32));
    config.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(32));

    config.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(5));
    config.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    config.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, CheckpointStore.RETAINED);
    config.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    config.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY, dataDir.checkpoints().toUri().toString());
    // One job for ever: its checkpoints stay in one folder although each start has an id of its
    // own.
    config.set(CheckpointingOptions.CREATE_CHECKPOINT_SUB_DIR, false);
    return config;
  }

  int webPort() {
    return cluster.getRestAddress().join().getPort();
  }

  /**
   * Starts the job where its newest sound checkpoint left it, or from the oldest kept event, and
   * returns when all its tasks run. The future completes when the job has ended.
   */
  CompletableFuture<JobResult> runJob(String bootstrapServers, Consumer<String> tell)
      throws Exception {
    List<Checkpoint> usable = checkpoints.usable(tell);
    checkpoints.sweep(usable);
    for (Checkpoint checkpoint : usable) {
      try {
        CompletableFuture<JobResult> result = submit(bootstrapServers, checkpoint);
        tell.accept("taken up at checkpoint " + checkpoint.id());
        return result;
      } catch (JobStartException e) {
        LOG.warn("The job did not start from {}", checkpoint.dir(), e);
        tell.accept(
            "checkpoint %s cannot be used: %s"
                .formatted(checkpoint.dir().getFileName(), e.getMessage()));
        checkpoints.setAside(checkpoint.dir());
      }
    }
    return submit(bootstrapServers, null);
  }

  private CompletableFuture<JobResult> submit(String bootstrapServers, Checkpoint from)
      throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(PARALLELISM, config);
    CustomerPipeline.define(env, JobOptions.of(bootstrapServers));
    StreamGraph graph = env.getStreamGraph();
    graph.setJobName("nabz");
    if (from != null) {
      graph.setSavepointRestoreSettings(
          SavepointRestoreSettings.forPath(
              from.dir().toUri().toString(), false, RecoveryClaimMode.CLAIM));
    }
    JobID id = cluster.submitJob(graph.getJobGraph()).get().getJobID();
    awaitRunning(id);
    job = id;
    return cluster.requestJobResult(id);
  }

  private void awaitRunning(JobID id) throws Exception {
    long deadline = System.nanoTime() + JOB_START_PATIENCE.toNanos();
    while (true) {
      JobStatus status = cluster.getJobStatus(id).get();
      if (status == JobStatus.RUNNING && allTasksRun(cluster.getExecutionGraph(id).get())) {
        return;
      }
      boolean failed =
          status.isTerminalState() || status == JobStatus.FAILING || status == JobStatus.RESTARTING;
      if (failed || System.nanoTime() > deadline) {
        throw giveUp(id, status);
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private static boolean allTasksRun(AccessExecutionGraph graph) {
    for (AccessExecutionVertex task : graph.getAllExecutionVertices()) {
      if (task.getExecutionState() != ExecutionState.RUNNING) {
        return false;
      }
    }
    return true;
  }

  private JobStartException giveUp(JobID id, JobStatus status) throws Exception {
    AccessExecutionGraph graph = cluster.getExecutionGraph(id).get();
    String reason =
        graph.getFailureInfo() == null
            ? "it is " + status + " after " + JOB_START_PATIENCE.toSeconds() + " s"
            : rootCause(graph.getFailureInfo().getExceptionAsString());
    if (graph.getFailureInfo() != null) {
      LOG.error("The job did not start: {}", graph.getFailureInfo().getExceptionAsString());
    }
    if (!status.isTerminalState()) {
      cluster.cancelJob(id).get();
      cluster.requestJobResult(id).get(CLOSE_PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
    return new JobStartException(reason);
  }

  /** The last "Caused by" of a printed stack trace, without its frames. */
  static String rootCause(String stackTrace) {
    String cause = stackTrace.lines().findFirst().orElse("unknown");
    for (String line : stackTrace.lines().toList()) {
      if (line.startsWith("Caused by: ")) {
        cause = line.substring("Caused by: ".length());
      }
    }
    return cause;
  }

  /** Takes a last checkpoint, so that the next start has nothing to do again, and stops. */
  @Override
  public void close() throws IOException {
    JobID running = job;
    if (running != null) {
      try {
        cluster
            .triggerCheckpoint(running, CheckpointType.DEFAULT)
            .get(LAST_CHECKPOINT_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      } catch (Exception e) {
        LOG.info("No last checkpoint; the next start goes on from the one before", e);
      }
      try {
        cluster.cancelJob(running).get(CLOSE_PATIENCE.toSeconds(), TimeUnit.SECONDS);
        cluster.requestJobResult(running).get(CLOSE_PATIENCE.toSeconds(), TimeUnit.SECONDS);
      } catch (Exception e) {
        LOG.info("The job did not end in time", e);
      }
    }
    try {
      cluster.closeAsync().get(CLOSE_PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (Exception e) {
      LOG.info("Flink did not stop in time", e);
    }
  }

  /** The job did not reach the state in which all its tasks run. */
  static final class JobStartException extends Exception {
    private static final long serialVersionUID = 1L;

    JobStartException(String message) {
      super(message);
    }
  }
}
