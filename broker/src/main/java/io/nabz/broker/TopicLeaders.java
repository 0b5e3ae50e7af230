package io.nabz.broker;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** Waits until topics that were just made are served. */
public final class TopicLeaders {
  private TopicLeaders() {}

  /**
   * Completes when each partition's leader answers, which is later than when the controller says
   * that the topics are made. Of batches that an idempotent producer sends in between, a later one
   * can be the first that is taken; the broker then calls the earlier ones out of order until they
   * time out (KAFKA-15591).
   */
  public static KafkaFuture<Void> serving(Admin admin, Collection<NewTopic> topics) {
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    for (NewTopic topic : topics) {
      for (int partition = 0; partition < topic.numPartitions(); partition++) {
        ends.put(new TopicPartition(topic.name(), partition), OffsetSpec.latest());
      }
    }
    return ends.isEmpty()
        ? KafkaFuture.completedFuture(null)
        : admin.listOffsets(ends).all().thenApply(offsets -> null);
  }
}
