package io.nabz.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.state.rocksdb.RocksDBOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Flink's MiniCluster with one contender's job on it. */
final class ContenderCluster {
  private static final Duration START_WITHIN = Duration.ofSeconds(90);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(120);

  private final MiniCluster cluster;
  private final JobID job;
  private final Path folder;

  private ContenderCluster(MiniCluster cluster, JobID job, Path folder) {
    this.cluster = cluster;
    this.job = job;
    this.folder = folder;
  }

  /** Returns when every task of the job runs. */
  static ContenderCluster start(
      Contender contender,
      String bootstrapServers,
      Path folder,
      int parallelism,
      int managedMemoryMib)
      throws Exception {
    Configuration settings = new Configuration(contender.configuration());
    settings.set(CoreOptions.DEFAULT_PARALLELISM, parallelism);
    settings.set(CoreOptions.TMP_DIRS, Files.createDirectories(folder.resolve("tmp")).toString());
    settings.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY,
        folder.resolve("checkpoints").toUri().toString());
    settings.set(
        RocksDBOptions.LOCAL_DIRECTORIES,
        Files.createDirectories(folder.resolve("rocksdb")).toString());
    settings.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(managedMemoryMib));

    StreamExecutionEnvironment env = new StreamExecutionEnvironment(settings);
    contender.define(env, bootstrapServers);
    JobGraph graph = env.getStreamGraph().getJobGraph();
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(settings)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(parallelism)
                .setCommonBindAddress("127.0.0.1")
                .withRandomPorts()
                .build());
    cluster.start();
    JobID job = await(cluster.submitJob(graph)).getJobID();
    ContenderCluster started = new ContenderCluster(cluster, job, folder);
    started.awaitRunning();
    return started;
  }

  /** Size of a canonical savepoint: what the state holds, without RocksDB's own slack. */
  long stateBytes() throws Exception {
    Path target = folder.resolve("savepoint");
    await(
        cluster.triggerSavepoint(
            job, target.toUri().toString(), false, SavepointFormatType.CANONICAL));
    return Workspace.bytesIn(target);
  }

  void checkRunning() throws Exception {
    JobStatus status = await(cluster.getJobStatus(job));
    if (status != JobStatus.RUNNING) {
      AccessExecutionGraph graph = await(cluster.getExecutionGraph(job));
      String cause =
          graph.getFailureInfo() == null
              ? ""
              : ": " + graph.getFailureInfo().getExceptionAsString();
      throw new BenchException("the job is " + status + cause);
    }
  }

  private void awaitRunning() throws Exception {
    long deadline = System.nanoTime() + START_WITHIN.toNanos();
    while (!allTasksRun()) {
      if (System.nanoTime() > deadline) {
        throw new BenchException("the job did not run within " + START_WITHIN.toSeconds() + " s");
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private boolean allTasksRun() throws Exception {
    if (await(cluster.getJobStatus(job)) != JobStatus.RUNNING) {
      return false;
    }
    for (AccessExecutionVertex task :
        await(cluster.getExecutionGraph(job)).getAllExecutionVertices()) {
      if (task.getExecutionState() != ExecutionState.RUNNING) {
        return false;
      }
    }
    return true;
  }

  private static <T> T await(CompletableFuture<T> answer) throws Exception {
    return answer.get(ANSWER_WITHIN.toSeconds(), TimeUnit.SECONDS);
  }
}
