package io.nabz.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
import org.apache.flink.runtime.executiongraph.ErrorInfo;
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

  /** A job that restarts would still finish, but with figures of nothing. */
  void checkRunning() throws Exception {
    JobStatus status = await(cluster.getJobStatus(job));
    ErrorInfo failure = await(cluster.getExecutionGraph(job)).getFailureInfo();
    if (failure != null) {
      throw new BenchException("the job failed: " + failure.getExceptionAsString());
    }
    if (status != JobStatus.RUNNING) {
      throw new BenchException("the job is " + status);
    }
  }

  private void awaitRunning() throws Exception {
    long deadline = System.nanoTime() + START_WITHIN.toNanos();
    List<String> waiting = waitingTasks();
    while (!waiting.isEmpty()) {
      if (System.nanoTime() > deadline) {
        throw new BenchException(
            "tasks did not run within %d s: %s"
                .formatted(START_WITHIN.toSeconds(), String.join(", ", waiting)));
      }
      TimeUnit.MILLISECONDS.sleep(50);
      waiting = waitingTasks();
    }
  }

  private List<String> waitingTasks() throws Exception {
    AccessExecutionGraph graph = await(cluster.getExecutionGraph(job));
    if (graph.getFailureInfo() != null) {
      throw new BenchException("the job failed: " + graph.getFailureInfo().getExceptionAsString());
    }
    List<String> waiting = new ArrayList<>();
    if (graph.getState() != JobStatus.RUNNING) {
      waiting.add("the job is " + graph.getState());
    }
    for (AccessExecutionVertex task : graph.getAllExecutionVertices()) {
      if (task.getExecutionState() != ExecutionState.RUNNING) {
        waiting.add(task.getTaskNameWithSubtaskIndex() + " is " + task.getExecutionState());
      }
    }
    return waiting;
  }

  private static <T> T await(CompletableFuture<T> answer) throws Exception {
    return answer.get(ANSWER_WITHIN.toSeconds(), TimeUnit.SECONDS);
  }
}
