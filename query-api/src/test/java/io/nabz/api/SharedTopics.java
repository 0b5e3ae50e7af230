package io.nabz.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nabz.model.Topic;
import io.nabz.testkit.TestBroker;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The topics of the contract on one broker for all API tests that have customers of their own: a
 * broker for each class would cost the build seconds.
 */
final class SharedTopics {
  private static int names;

  private SharedTopics() {}

  private static final class Made {
    static final TestBroker BROKER = TestBroker.shared();

    static {
      BROKER.createContractTopics(3);
    }

    private Made() {}
  }

  static TestBroker broker() {
    return Made.BROKER;
  }

  /** An id that no other test has. */
  static synchronized String name(String prefix) {
    return prefix + "-" + ++names;
  }

  static List<ConsumerRecord<byte[], byte[]>> eventsOf(String customer) {
    return broker().readAll(Topic.EVENTS.topicName()).stream()
        .filter(r -> new String(r.key(), UTF_8).endsWith("/" + customer))
        .toList();
  }
}
