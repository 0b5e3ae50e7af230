package io.nabz.job;

import io.nabz.model.Topic;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * Without a checkpoint all rules are read anew, and so is the history; seeds of before would put
 * into customers what they are about to live through again.
 */
final class RuleOffsets implements OffsetsInitializer {
  private static final long serialVersionUID = 1;

  @Override
  public Map<TopicPartition, Long> getPartitionOffsets(
      Collection<TopicPartition> partitions, PartitionOffsetsRetriever retriever) {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    for (TopicPartition partition : partitions) {
      boolean seeds = partition.topic().equals(Topic.RULE_SEEDS.topicName());
      offsets.put(
          partition,
          seeds ? KafkaPartitionSplit.LATEST_OFFSET : KafkaPartitionSplit.EARLIEST_OFFSET);
    }
    return offsets;
  }

  @Override
  public OffsetResetStrategy getAutoOffsetResetStrategy() {
    return OffsetResetStrategy.EARLIEST;
  }
}
