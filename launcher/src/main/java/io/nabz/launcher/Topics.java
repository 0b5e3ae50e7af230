package io.nabz.launcher;

import io.nabz.broker.TopicLeaders;
import io.nabz.model.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates the topics of the contract that are missing; those that are there stay as they are. */
final class Topics {
  private static final int PARTITIONS = 4;
  private static final Duration LEADERS_WITHIN = Duration.ofSeconds(20);

  private Topics() {}

  /**
   * @throws LaunchException when Kafka does not answer or refuses
   */
  static void create(String bootstrapServers) {
    try (Admin admin =
        Admin.create(
            Map.of(
                "bootstrap.servers", bootstrapServers,
                "request.timeout.ms", "10000",
                "default.api.timeout.ms", "20000"))) {
      Set<String> existing = admin.listTopics().names().get();
      List<NewTopic> missing = new ArrayList<>();
      for (Topic topic : Topic.values()) {
        if (!existing.contains(topic.topicName())) {
          missing.add(
              new NewTopic(
                      topic.topicName(),
                      Optional.of(topic.perCustomer() ? PARTITIONS : 1),
                      // The broker's own default: one in ours, three in most clusters.
                      Optional.empty())
                  .configs(topic.config()));
        }
      }
      for (var created : admin.createTopics(missing).values().values()) {
        ignoreExisting(created::get);
      }
      TopicLeaders.await(admin, missing, LEADERS_WITHIN);
      admin.close(Duration.ZERO);
    } catch (ExecutionException e) {
      throw new LaunchException(
          "Kafka at %s did not create the topics (%s); check the address and its permissions"
              .formatted(bootstrapServers, e.getCause().getMessage()),
          e);
    } catch (TimeoutException e) {
      throw new LaunchException(
          "Kafka at %s made the topics but does not serve them after %d s; look at its log"
              .formatted(bootstrapServers, LEADERS_WITHIN.toSeconds()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LaunchException("interrupted while the topics were created", e);
    }
  }

  private interface Wait {
    void get() throws ExecutionException, InterruptedException;
  }

  private static void ignoreExisting(Wait wait) throws ExecutionException, InterruptedException {
    try {
      wait.get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    }
  }
}
