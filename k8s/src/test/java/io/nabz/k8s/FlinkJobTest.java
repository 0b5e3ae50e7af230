package io.nabz.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.NettyShuffleEnvironmentOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.kubernetes.operator.api.FlinkDeployment;
import org.apache.flink.kubernetes.operator.api.spec.FlinkDeploymentSpec;
import org.apache.flink.kubernetes.operator.api.spec.UpgradeMode;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Flink itself reads the job's configuration: every key is known to it and the memory adds up. */
class FlinkJobTest {

  /**
   * Read by Flink's Kubernetes client, the operator and the reporter, none of which is on our class
   * path.
   */
  private static final List<String> READ_ELSEWHERE =
      List.of("kubernetes.", "metrics.reporter.prom.");

  private static final List<Class<?>> OPTIONS =
      List.of(
          BlobServerOptions.class,
          CheckpointingOptions.class,
          CoreOptions.class,
          HighAvailabilityOptions.class,
          JobManagerOptions.class,
          NettyShuffleEnvironmentOptions.class,
          RestOptions.class,
          RestartStrategyOptions.class,
          StateBackendOptions.class,
          TaskManagerOptions.class,
          WebOptions.class,
          org.apache.flink.configuration.MetricOptions.class);

  static Stream<Bundle> bundles() {
    return Bundle.all();
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void everyKeyOfTheConfigurationIsAnOptionOfFlink(Bundle bundle)
      throws ReflectiveOperationException {
    Set<String> known = new HashSet<>();
    for (Class<?> options : OPTIONS) {
      for (var field : options.getFields()) {
        if (Modifier.isStatic(field.getModifiers()) && field.getType() == ConfigOption.class) {
          known.add(((ConfigOption<?>) field.get(null)).key());
        }
      }
    }

    assertThat(spec(bundle).getFlinkConfiguration().keySet())
        .filteredOn(key -> READ_ELSEWHERE.stream().noneMatch(key::startsWith))
        .allSatisfy(key -> assertThat(known).contains(key));
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void checkpointsAreExactlyOnceIncrementalAndEveryHalfMinute(Bundle bundle) {
    Configuration conf = configuration(bundle);

    assertThat(conf.get(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE))
        .isEqualTo(CheckpointingMode.EXACTLY_ONCE);
    assertThat(conf.get(CheckpointingOptions.CHECKPOINTING_INTERVAL))
        .isEqualTo(Duration.ofSeconds(30));
    assertThat(conf.get(CheckpointingOptions.INCREMENTAL_CHECKPOINTS)).isTrue();
    assertThat(conf.get(StateBackendOptions.STATE_BACKEND)).isEqualTo("rocksdb");
    assertThat(conf.get(HighAvailabilityOptions.HA_MODE)).isEqualTo("kubernetes");
    assertThat(conf.get(RestartStrategyOptions.RESTART_STRATEGY)).isEqualTo("exponential-delay");
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void checkpointsSavepointsAndTheLeadersMemoryOutliveThePods(Bundle bundle) {
    Configuration conf = configuration(bundle);
    Set<String> lasting = new HashSet<>(Set.of("s3://"));
    Pod.described(bundle).stream()
        .filter(pod -> pod.name().endsWith("manager"))
        .flatMap(pod -> pod.spec().getVolumes().stream())
        .filter(volume -> volume.getPersistentVolumeClaim() != null)
        .forEach(volume -> lasting.add("file:///" + volume.getName() + "/"));

    for (String place :
        List.of(
            conf.get(CheckpointingOptions.CHECKPOINTS_DIRECTORY),
            conf.get(CheckpointingOptions.SAVEPOINT_DIRECTORY),
            conf.get(HighAvailabilityOptions.HA_STORAGE_PATH))) {
      assertThat(lasting).as(place).anyMatch(place::startsWith);
    }
    assertThat(spec(bundle).getJob().getUpgradeMode()).isNotEqualTo(UpgradeMode.STATELESS);
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void theMemoryOfATaskManagerAddsUpAndLeavesEachSlotEnoughForRocksDb(Bundle bundle) {
    TaskExecutorProcessSpec memory =
        TaskExecutorProcessUtils.processSpecFromConfig(configuration(bundle));

    assertThat(memory.getTotalProcessMemorySize())
        .isEqualTo(MemorySize.parse(spec(bundle).getTaskManager().getResource().getMemory()));
    assertThat(memory.getTaskHeapSize()).isGreaterThanOrEqualTo(MemorySize.ofMebiBytes(256));
    assertThat(memory.getManagedMemorySize().getMebiBytes() / memory.getNumSlots())
        .isGreaterThanOrEqualTo(256);
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void theMemoryOfTheJobManagerAddsUp(Bundle bundle) {
    Configuration conf = configuration(bundle);
    conf.set(
        JobManagerOptions.TOTAL_PROCESS_MEMORY,
        MemorySize.parse(spec(bundle).getJobManager().getResource().getMemory()));

    assertThat(JobManagerProcessUtils.processSpecFromConfig(conf).getJvmHeapMemorySize())
        .isGreaterThanOrEqualTo(MemorySize.ofMebiBytes(448));
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void noTaskIsWithoutAPartitionAndNoSlotWithoutATask(Bundle bundle) {
    int partitions = bundle.named(KafkaTopic.class, "nabz.events").getSpec().getPartitions();
    int parallelism = spec(bundle).getJob().getParallelism();
    int slots = configuration(bundle).get(TaskManagerOptions.NUM_TASK_SLOTS);

    assertThat(partitions % parallelism)
        .as("%s partitions spread evenly over %s tasks", partitions, parallelism)
        .isZero();
    assertThat(parallelism % slots).as("full task managers").isZero();
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void theJobIsGivenTheBootstrapAddressThatStrimziWillServe(Bundle bundle) {
    Map<String, String> args = new HashMap<>();
    String[] given = spec(bundle).getJob().getArgs();
    for (int i = 0; i < given.length; i += 2) {
      args.put(given[i], given[i + 1]);
    }
    Kafka kafka = bundle.the(Kafka.class);

    assertThat(args)
        .containsEntry(
            "--bootstrap-servers",
            kafka.getMetadata().getName()
                + "-kafka-bootstrap:"
                + kafka.getSpec().getKafka().getListeners().get(0).getPort());
    assertThat(spec(bundle).getJob().getEntryClass()).isEqualTo("io.nabz.job.NabzJob");
    assertThat(Bundle.text("images/job.Dockerfile"))
        .contains(spec(bundle).getJob().getJarURI().replace("local://", ""));
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void theImageIsTheFlinkThatTheProjectRunsAndTheOperatorTakesItsVersion(Bundle bundle) {
    String flink = ParentPom.properties().getProperty("flink.version");
    String asked =
        bundle.manifests().stream()
            .filter(manifest -> manifest.resource() instanceof FlinkDeployment)
            .map(manifest -> manifest.document().at("/spec/flinkVersion").asText())
            .findFirst()
            .orElseThrow();

    assertThat(Bundle.text("images/job.Dockerfile")).contains("FROM flink:" + flink + "-");
    assertThat(StrictModel.NEWER_FLINK_VERSIONS).contains(asked);
    assertThat(asked).startsWith("v" + flink.charAt(0) + "_");
  }

  private static FlinkDeploymentSpec spec(Bundle bundle) {
    return bundle.the(FlinkDeployment.class).getSpec();
  }

  /** As the operator completes it for a task manager. */
  private static Configuration configuration(Bundle bundle) {
    FlinkDeploymentSpec spec = spec(bundle);
    Configuration conf = Configuration.fromMap(spec.getFlinkConfiguration());
    conf.set(
        TaskManagerOptions.TOTAL_PROCESS_MEMORY,
        MemorySize.parse(spec.getTaskManager().getResource().getMemory()));
    conf.set(TaskManagerOptions.CPU_CORES, spec.getTaskManager().getResource().getCpu());
    return conf;
  }
}
