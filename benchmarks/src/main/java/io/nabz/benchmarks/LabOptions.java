package io.nabz.benchmarks;

import java.util.List;

/**
 * What every contender gets alike.
 *
 * @param partitions of the events' and the output topics
 * @param parallelism of the job
 * @param managedMemoryMib Flink's managed memory, which RocksDB shares, in MiB
 * @param jobJvm arguments of the job's JVM
 * @param brokerJvm arguments of the broker's JVM
 */
record LabOptions(
    int partitions,
    int parallelism,
    int managedMemoryMib,
    List<String> jobJvm,
    List<String> brokerJvm) {
  /** Managed memory and JVM about as the base of k8s gives them to a task manager of 4 GiB. */
  static final int MANAGED_MIB = 1_200;

  static final String JOB_JVM =
      "-Xms1750m -Xmx1750m -XX:+UseParallelGC -XX:+UseTransparentHugePages -XX:+AlwaysPreTouch";

  static final String BROKER_JVM = "-Xms512m -Xmx512m -XX:MaxDirectMemorySize=256m";

  LabOptions {
    if (partitions < 1 || partitions > 1_000) {
      throw new IllegalArgumentException("partitions must be 1 to 1000 but is " + partitions);
    }
    if (parallelism < 1 || parallelism > 128) {
      throw new IllegalArgumentException("parallelism must be 1 to 128 but is " + parallelism);
    }
    if (managedMemoryMib < 32) {
      throw new IllegalArgumentException(
          "managed memory must be at least 32 MiB but is " + managedMemoryMib);
    }
    jobJvm = List.copyOf(jobJvm);
    brokerJvm = List.copyOf(brokerJvm);
  }
}
