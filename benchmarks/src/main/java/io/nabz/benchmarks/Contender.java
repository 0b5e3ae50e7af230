package io.nabz.benchmarks;

import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * One thing that is measured: it reads the events' topic and what it has made of them is read from
 * its output topics.
 */
public interface Contender {
  /** Short name for {@code --only} and the child JVM. */
  String name();

  /** What stands in the table. */
  String title();

  /** What is watched in one run; fresh ones for each run, since they remember what they saw. */
  List<Probe> probes();

  /** Whether there is a job to start; without one, the events' own topic is watched. */
  default boolean hasJob() {
    return true;
  }

  /** Settings of the cluster that the job runs on. Called in the contender's own JVM. */
  Configuration configuration();

  /** Builds the job. Called in the contender's own JVM. */
  void define(StreamExecutionEnvironment env, String bootstrapServers);
}
