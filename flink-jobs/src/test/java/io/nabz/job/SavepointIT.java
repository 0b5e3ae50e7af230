package io.nabz.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.nabz.model.Event;
import io.nabz.model.Json;
import io.nabz.model.Topic;
import io.nabz.testkit.TestBroker;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The state of each released version is kept as a savepoint of the whole job and must go on in this
 * one: same uids, states that have only grown. After a release, or when {@link
 * SavepointStory#before} changes, a new one is made by
 *
 * <pre>mvn -pl flink-jobs -am verify -Dit.test=SavepointIT -Dtest=none
 *     -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false
 *     -Dnabz.savepoint.write=$PWD/flink-jobs/src/test/resources/savepoints/VERSION.zip</pre>
 *
 * and the one of the version before stays.
 */
@Timeout(value = 4, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SavepointIT {
  /**
   * The first is from before carts kept their moves and parts of the snapshot their age, the third
   * the first with the customers in their compact form.
   */
  private static final List<String> VERSIONS = List.of("0.1.0-1", "0.1.0-2", "0.1.0-3");

  private static final String WRITE = System.getProperty("nabz.savepoint.write");
  private static final int PARTITIONS = 1;

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(1)
              .build());

  @TempDir Path dir;
  private TestBroker broker;

  @BeforeEach
  void openBroker() {
    broker = TestBroker.own();
    broker.createContractTopics(PARTITIONS);
  }

  @AfterEach
  void closeBroker() {
    broker.close();
  }

  @Test
  void theSavepointOfEveryVersionGoesOnInThisOne() throws Exception {
    assumeTrue(WRITE == null, "a savepoint is being written");
    for (String version : VERSIONS) {
      // The same places in the topic as when the savepoint was made.
      produce(SavepointStory.before());
      produce(SavepointStory.after());
      JobClient job = start(unzip(version));
      try {
        assertThatItGoesOn(version);
      } finally {
        job.cancel().get();
      }
      closeBroker();
      openBroker();
    }
  }

  @Test
  void writeTheSavepointOfThisVersion() throws Exception {
    assumeTrue(WRITE != null, "only with -Dnabz.savepoint.write=FILE.zip");
    produce(SavepointStory.before());
    JobClient job = start(null);
    newest(Topic.SNAPSHOTS, "default/" + SavepointStory.LAST, 1);
    String savepoint =
        job.stopWithSavepoint(false, dir.toUri().toString(), SavepointFormatType.CANONICAL).get();
    Path folder = Path.of(java.net.URI.create(savepoint));
    try (var files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .as("all of it in one file")
          .containsExactly("_metadata");
    }
    Files.createDirectories(Path.of(WRITE).getParent());
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(Path.of(WRITE)))) {
      zip.putNextEntry(new ZipEntry("_metadata"));
      Files.copy(folder.resolve("_metadata"), zip);
      zip.closeEntry();
    }
  }

  private void assertThatItGoesOn(String version) throws Exception {
    JsonNode caller = newest(Topic.SNAPSHOTS, "default/C-1", 6);
    assertThat(caller.path("version").asLong() >> 8)
        .as("%s: five events before, one after, and one that came twice", version)
        .isEqualTo(6);
    assertThat(caller.path("flags").findValuesAsText("code")).contains("REPEAT_CALLER");
    assertThat(caller.path("flags").findValue("evidence"))
        .as("calls from before and after")
        .hasSize(3);

    assertThat(newest(Topic.SNAPSHOTS, "default/C-10", 3).at("/history/contacts/0/contactId"))
        .as("%s: what the device did before is the customer's", version)
        .hasToString("\"k-7\"");
    assertThat(newest(Topic.SNAPSHOTS, "default/C-3", 1).at("/history/contacts/0/contactId"))
        .as("%s: the merge of before is taken back", version)
        .hasToString("\"k-3\"");
    assertThat(newest(Topic.SNAPSHOTS, "default/C-6", 4).at("/currentActivity/cases")).isEmpty();
    assertThat(newest(Topic.SNAPSHOTS, "default/C-7", 1).at("/relationships")).isEmpty();

    JsonNode matters = newest(Topic.SNAPSHOTS, "default/C-8", 19);
    assertThat(matters.at("/identity/attributes/name").asText()).isEqualTo("Sara");
    assertThat(matters.at("/value/orders").asInt()).isEqualTo(1);
    assertThat(matters.at("/currentActivity/orders")).as("delivered").isEmpty();

    assertThat(alerts("call-after-failed-self-service", 1))
        .as("%s: a rule whose first step came before", version)
        .containsExactly("C-2");
    assertThat(alerts("cart-abandoned", 1))
        .as("%s: a timer that was set before", version)
        .contains("C-9");
    awaitFloor();
  }

  private void awaitFloor() {
    String day = "default/queue:billing/1d@2026-01-05T00:00:00Z";
    broker.readUntil(
        Topic.KPIS.topicName(),
        records -> {
          JsonNode figures = newest(records).get(day);
          // k-1 and k-5 waited a minute each, and a-1 was there for the first of its two hours.
          return figures != null
              && figures.at("/contacts/answered").asLong() == 2
              && figures.at("/waits/asaSeconds").asDouble() == 60
              && figures.at("/agents/seconds/available").asDouble() == 116 * 60;
        });
  }

  /** Customers with an alert of that rule, at least so many. */
  private List<String> alerts(String rule, int atLeast) throws IOException {
    List<String> customers = new ArrayList<>();
    broker.readUntil(
        Topic.ALERTS.topicName(),
        records -> {
          customers.clear();
          for (JsonNode alert : values(records)) {
            if (alert.path("ruleId").asText().equals(rule)) {
              customers.add(alert.path("customerId").asText());
            }
          }
          return customers.size() >= atLeast;
        });
    return customers;
  }

  /** The newest value of that key, once it holds so many events. */
  private JsonNode newest(Topic topic, String key, int events) {
    List<ConsumerRecord<byte[], byte[]>> records =
        broker.readUntil(
            topic.topicName(),
            all -> {
              JsonNode value = newest(all).get(key);
              return value != null
                  && !value.has("redirectTo")
                  && value.path("version").asLong() >> 8 >= events;
            });
    return newest(records).get(key);
  }

  private static Map<String, JsonNode> newest(List<ConsumerRecord<byte[], byte[]>> records) {
    Map<String, JsonNode> newest = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      newest.put(
          new String(record.key(), UTF_8), record.value() == null ? null : tree(record.value()));
    }
    return newest;
  }

  private static List<JsonNode> values(List<ConsumerRecord<byte[], byte[]>> records) {
    return records.stream().filter(r -> r.value() != null).map(r -> tree(r.value())).toList();
  }

  private static JsonNode tree(byte[] json) {
    try {
      return Json.tree(json);
    } catch (IOException e) {
      throw new AssertionError("not JSON", e);
    }
  }

  private void produce(List<Event> events) {
    broker.produceAll(
        Topic.EVENTS.topicName(),
        events.stream().map(e -> new String(e.toBytes(), UTF_8)).toList());
  }

  private JobClient start(Path savepoint) throws Exception {
    Configuration config = NabzJob.flinkConfig();
    // Everything in one file.
    config.set(CheckpointingOptions.FS_SMALL_FILE_THRESHOLD, MemorySize.ofMebiBytes(1));
    if (savepoint != null) {
      config.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint.toUri().toString());
    }
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(config);
    env.setParallelism(1);
    // Between making and restoring lie months of wall time, which must not be taken for silence.
    JobOptions options =
        JobOptions.from(
            Map.of("bootstrap-servers", broker.bootstrapServers(), "startup-grace", "1h"));
    CustomerPipeline.define(env, options);
    return env.executeAsync("savepoint-test");
  }

  private Path unzip(String version) throws IOException {
    Path folder = Files.createDirectories(dir.resolve(version));
    try (InputStream in = SavepointIT.class.getResourceAsStream("/savepoints/" + version + ".zip");
        ZipInputStream zip = new ZipInputStream(in)) {
      zip.getNextEntry();
      Files.copy(zip, folder.resolve("_metadata"));
    }
    return folder;
  }
}
