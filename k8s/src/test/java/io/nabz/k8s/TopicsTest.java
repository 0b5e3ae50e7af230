package io.nabz.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.nabz.model.Topic;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.nodepool.KafkaNodePool;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import io.strimzi.api.kafka.model.user.KafkaUserAuthorizationSimple;
import io.strimzi.api.kafka.model.user.acl.AclOperation;
import io.strimzi.api.kafka.model.user.acl.AclRule;
import io.strimzi.api.kafka.model.user.acl.AclRuleTopicResource;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The topics are the contract's, the users may do what their part needs, and no more. */
class TopicsTest {

  static Stream<Bundle> bundles() {
    return Bundle.all();
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void topicsAndTheirSettingsAreThoseThatTheModelDeclares(Bundle bundle) {
    assertThat(new TreeSet<>(bundle.names(KafkaTopic.class))).isEqualTo(declared());
    int many = bundle.named(KafkaTopic.class, "nabz.events").getSpec().getPartitions();
    for (Topic topic : Topic.values()) {
      KafkaTopic resource = bundle.named(KafkaTopic.class, topic.topicName());
      topic
          .config()
          .forEach(
              (key, value) ->
                  assertThat(config(resource, key)).as(topic + " " + key).isEqualTo(value));
      assertThat(resource.getSpec().getPartitions())
          .as("partitions of %s", topic)
          .isEqualTo(topic.perCustomer() ? many : 1);
    }
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void everyTopicConfigIsOneThatKafkaKnowsAndTakes(Bundle bundle) {
    Set<String> known = topicConfigKeys();
    for (KafkaTopic topic : bundle.all(KafkaTopic.class)) {
      assertThat(known).containsAll(topic.getSpec().getConfig().keySet());
    }
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void everyAlertSurvivesUntilRetentionThoughItsKeyIsTheCustomer(Bundle bundle) {
    KafkaTopic alerts = bundle.named(KafkaTopic.class, "nabz.alerts");

    assertThat(config(alerts, TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG))
        .isEqualTo(config(alerts, TopicConfig.RETENTION_MS_CONFIG));
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void retentionCountsFromArrivalSoThatAReplayOfAnOldRecordingIsKept(Bundle bundle) {
    for (KafkaTopic topic : bundle.all(KafkaTopic.class)) {
      if (config(topic, TopicConfig.CLEANUP_POLICY_CONFIG).contains("delete")) {
        assertThat(config(topic, TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG))
            .as(topic.getMetadata().getName())
            .isEqualTo("LogAppendTime");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void replicasFitTheBrokersAndOneBrokerMayBeAway(Bundle bundle) {
    int brokers = bundle.the(KafkaNodePool.class).getSpec().getReplicas();
    for (KafkaTopic topic : bundle.all(KafkaTopic.class)) {
      int replicas = topic.getSpec().getReplicas();
      int inSync = Integer.parseInt(config(topic, TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG));
      assertThat(replicas).as(topic.getMetadata().getName()).isEqualTo(Math.min(3, brokers));
      assertThat(inSync).as(topic.getMetadata().getName()).isEqualTo(Math.max(1, replicas - 1));
    }
    Map<String, Object> broker = bundle.the(Kafka.class).getSpec().getKafka().getConfig();
    assertThat(broker)
        .containsEntry("default.replication.factor", Math.min(3, brokers))
        .containsEntry("offsets.topic.replication.factor", Math.min(3, brokers))
        .containsEntry("auto.create.topics.enable", false);
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void everythingOfKafkaBelongsToTheOneCluster(Bundle bundle) {
    String cluster = bundle.the(Kafka.class).getMetadata().getName();
    Stream.of(KafkaNodePool.class, KafkaTopic.class, KafkaUser.class)
        .flatMap(type -> bundle.all(type).stream())
        .forEach(
            resource ->
                assertThat(resource.getMetadata().getLabels())
                    .as(resource.getMetadata().getName())
                    .containsEntry("strimzi.io/cluster", cluster));
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void usersMayDoWhatTheirPartNeedsAndNoMore(Bundle bundle) {
    assertThat(topicsFor(bundle, "nabz-job", AclOperation.WRITE))
        .containsExactly(
            "nabz.alerts",
            "nabz.dead-letters",
            "nabz.kpis",
            "nabz.rule-seeds",
            "nabz.rules",
            "nabz.snapshots",
            "nabz.timeline");
    assertThat(topicsFor(bundle, "nabz-api", AclOperation.WRITE))
        .containsExactly(
            "nabz.alert-actions",
            "nabz.audit",
            "nabz.dead-letters",
            "nabz.events",
            "nabz.rule-seeds",
            "nabz.rules",
            "nabz.settings");
    assertThat(topicsFor(bundle, "nabz-touchpoint", AclOperation.WRITE))
        .containsExactly("nabz.events");
    assertThat(topicsFor(bundle, "nabz-touchpoint", AclOperation.READ)).isEmpty();
    Set<AclOperation> used =
        bundle.all(KafkaUser.class).stream()
            .flatMap(user -> acls(user).stream())
            .flatMap(rule -> rule.getOperations().stream())
            .collect(Collectors.toSet());
    assertThat(used)
        .containsExactlyInAnyOrder(AclOperation.READ, AclOperation.WRITE, AclOperation.DESCRIBE);
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void everyTopicIsWrittenAndReadBySomebodyAndNoRuleNamesAnother(Bundle bundle) {
    Set<String> written = new TreeSet<>();
    Set<String> read = new TreeSet<>();
    for (String user : bundle.names(KafkaUser.class)) {
      written.addAll(topicsFor(bundle, user, AclOperation.WRITE));
      read.addAll(topicsFor(bundle, user, AclOperation.READ));
    }

    assertThat(written).isEqualTo(declared());
    // These are for people, with a user they make for the occasion.
    read.add("nabz.dead-letters");
    read.add("nabz.audit");
    assertThat(read).isEqualTo(declared());
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void theBrokerIsTheVersionThatTheRestOfTheProjectRuns(Bundle bundle) {
    Properties versions = ParentPom.properties();

    assertThat(bundle.the(Kafka.class).getSpec().getKafka().getVersion())
        .isEqualTo(versions.getProperty("kafka-broker.version"));
  }

  private static Set<String> declared() {
    return Stream.of(Topic.values())
        .map(Topic::topicName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String config(KafkaTopic topic, String key) {
    return String.valueOf(topic.getSpec().getConfig().get(key));
  }

  private static Set<String> topicsFor(Bundle bundle, String user, AclOperation operation) {
    Set<String> topics = new TreeSet<>();
    for (AclRule rule : acls(bundle.named(KafkaUser.class, user))) {
      if (rule.getOperations().contains(operation)
          && rule.getResource() instanceof AclRuleTopicResource topic) {
        topics.add(topic.getName());
      }
    }
    return topics;
  }

  private static List<AclRule> acls(KafkaUser user) {
    return ((KafkaUserAuthorizationSimple) user.getSpec().getAuthorization()).getAcls();
  }

  private static Set<String> topicConfigKeys() {
    return Stream.of(TopicConfig.class.getFields())
        .filter(field -> field.getName().endsWith("_CONFIG"))
        .map(
            field -> {
              try {
                return (String) field.get(null);
              } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
              }
            })
        .collect(Collectors.toSet());
  }
}
