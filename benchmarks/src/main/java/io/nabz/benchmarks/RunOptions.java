package io.nabz.benchmarks;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** What latency and throughput runs have in common, from the command line. */
final class RunOptions {
  @Option(
      names = "--only",
      split = ",",
      paramLabel = "NAME",
      description = "contenders to run: kafka, passthrough, nabz (default: all)")
  List<String> only;

  @Option(
      names = "--rounds",
      defaultValue = "2",
      paramLabel = "N",
      description = "runs of each contender, every other round backwards (default: 2)")
  int rounds;

  @Option(names = "--json", paramLabel = "FILE", description = "also write all figures here")
  Path json;

  @Option(
      names = "--work-dir",
      paramLabel = "DIR",
      description = "where to keep topics and state meanwhile (default: the system's temp folder)")
  Path workDir;

  @Option(
      names = "--partitions",
      defaultValue = "4",
      paramLabel = "N",
      description = "of every topic (default: ${DEFAULT-VALUE})")
  int partitions;

  @Option(
      names = "--parallelism",
      defaultValue = "1",
      paramLabel = "N",
      description = "of the jobs (default: ${DEFAULT-VALUE})")
  int parallelism;

  @Option(
      names = "--managed-memory",
      defaultValue = "" + LabOptions.MANAGED_MIB,
      paramLabel = "MIB",
      description = "Flink's managed memory, which is RocksDB's (default: ${DEFAULT-VALUE})")
  int managedMemoryMib;

  @Option(
      names = "--jvm",
      split = " ",
      defaultValue = LabOptions.JOB_JVM,
      paramLabel = "ARGS",
      description = "of each job's JVM (default: ${DEFAULT-VALUE})")
  List<String> jobJvm;

  @Option(
      names = "--broker-jvm",
      split = " ",
      defaultValue = LabOptions.BROKER_JVM,
      paramLabel = "ARGS",
      description = "of the broker's JVM (default: ${DEFAULT-VALUE})")
  List<String> brokerJvm;

  List<Contender> contenders() {
    return Contenders.select(only);
  }

  LabOptions lab() {
    if (rounds < 1 || rounds > 100) {
      throw new IllegalArgumentException("rounds must be 1 to 100 but is " + rounds);
    }
    return new LabOptions(partitions, parallelism, managedMemoryMib, jobJvm, brokerJvm);
  }
}
