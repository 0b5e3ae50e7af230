package io.nabz.benchmarks;

import io.nabz.model.Topic;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The floor: produce to consume, nothing in between. */
final class KafkaAlone implements Contender {
  @Override
  public String name() {
    return "kafka";
  }

  @Override
  public String title() {
    return "Kafka alone";
  }

  @Override
  public List<Probe> probes() {
    return List.of(new CopyProbe(Topic.EVENTS.topicName()));
  }

  @Override
  public boolean hasJob() {
    return false;
  }

  @Override
  public Configuration configuration() {
    throw new UnsupportedOperationException("Kafka alone has no job");
  }

  @Override
  public void define(StreamExecutionEnvironment env, String bootstrapServers) {
    throw new UnsupportedOperationException("Kafka alone has no job");
  }
}
