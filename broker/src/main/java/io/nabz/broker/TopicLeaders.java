package io.nabz.broker;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;

/** Waits until topics that were just made are served. */
public final class TopicLeaders {
  private static final long PAUSE_NANOS = Duration.ofMillis(20).toNanos();

  private TopicLeaders() {}

  /**
   * Returns when each partition's leader answers, which is later than when the controller says that
   * the topics are made. Of batches that an idempotent producer sends in between, a later one can
   * be the first that is taken; the broker then calls the earlier ones out of order until they time
   * out (KAFKA-15591).
   *
   * @throws TimeoutException when they do not within the time
   * @throws ExecutionException when the broker refuses
   */
  public static void await(Admin admin, Collection<NewTopic> topics, Duration within)
      throws ExecutionException, InterruptedException, TimeoutException {
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    for (NewTopic topic : topics) {
      for (int partition = 0; partition < topic.numPartitions(); partition++) {
        ends.put(new TopicPartition(topic.name(), partition), OffsetSpec.latest());
      }
    }
    long deadline = System.nanoTime() + within.toNanos();
    while (!ends.isEmpty()) {
      try {
        long left = Math.max(1, deadline - System.nanoTime());
        admin.listOffsets(ends).all().get(left, TimeUnit.NANOSECONDS);
        return;
      } catch (ExecutionException e) {
        // The client itself gives up at once on a topic that its broker has not heard of yet.
        if (!(e.getCause() instanceof RetriableException) || System.nanoTime() > deadline) {
          throw e;
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }
}
