package io.nabz.benchmarks;

import io.nabz.broker.BrokerOptions;
import io.nabz.broker.EmbeddedBroker;
import io.nabz.broker.TopicLeaders;
import io.nabz.model.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;

/** One run's own broker with fresh topics and, when the contender has a job, its own JVM. */
final class Lab implements AutoCloseable {
  private static final short ONE_REPLICA = 1;
  private static final int TOPICS_WITHIN_SECONDS = 60;

  /** Compaction would take away what is still to be read and counted. */
  private static final Map<String, String> KEEP_ALL = Map.of("cleanup.policy", "delete");

  private final Workspace workspace;
  private final Contender contender;
  private final LabOptions options;
  private final EmbeddedBroker broker;
  private ContenderProcess job;

  private Lab(Workspace workspace, Contender contender, LabOptions options) {
    this.workspace = workspace;
    this.contender = contender;
    this.options = options;
    Path data = workspace.folder("broker");
    BrokerOptions brokerOptions = BrokerOptions.of(data).withJvmArgs(options.brokerJvm());
    this.broker = workspace.keep(EmbeddedBroker.start(brokerOptions));
  }

  /** Starts the broker and makes the topics. */
  static Lab open(Workspace workspace, Contender contender, LabOptions options)
      throws InterruptedException {
    Lab lab = new Lab(workspace, contender, options);
    try {
      lab.makeTopics();
      return lab;
    } catch (RuntimeException | InterruptedException e) {
      lab.close();
      throw e;
    }
  }

  String bootstrapServers() {
    return broker.bootstrapServers();
  }

  /** Starts the contender's job, if it has one, and returns when all its tasks run. */
  void startJob() throws InterruptedException {
    if (contender.hasJob()) {
      Path folder = workspace.folder("job");
      job = workspace.keep(ContenderProcess.launch(contender, bootstrapServers(), folder, options));
      job.awaitReady();
    }
  }

  /** The job stands still until {@link #thawJob()}, so that it cannot begin on half a backlog. */
  void freezeJob() throws InterruptedException {
    job.signal("STOP");
  }

  void thawJob() throws InterruptedException {
    job.signal("CONT");
  }

  /** Size of the job's state in bytes, 0 without a job. */
  long stateBytes() throws InterruptedException {
    return job == null ? 0 : job.stateBytes();
  }

  Duration jobCpu() {
    return job == null ? Duration.ZERO : job.cpu();
  }

  void checkHealth() {
    if (!broker.isAlive()) {
      throw new BenchException("the broker has ended");
    }
    if (job != null) {
      job.checkHealth();
    }
  }

  private void makeTopics() throws InterruptedException {
    Set<String> outputs = new TreeSet<>();
    contender.probes().forEach(probe -> outputs.add(probe.topic()));
    for (Topic topic : Topic.values()) {
      outputs.add(topic.topicName());
    }
    outputs.remove(Topic.EVENTS.topicName());
    List<NewTopic> topics = new ArrayList<>();
    topics.add(
        new NewTopic(Topic.EVENTS.topicName(), options.partitions(), ONE_REPLICA)
            .configs(Topic.EVENTS.config()));
    for (String output : outputs) {
      topics.add(new NewTopic(output, options.partitions(), ONE_REPLICA).configs(KEEP_ALL));
    }
    try (Admin admin =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers()))) {
      admin.createTopics(topics).all().get(TOPICS_WITHIN_SECONDS, TimeUnit.SECONDS);
      TopicLeaders.await(admin, topics, Duration.ofSeconds(TOPICS_WITHIN_SECONDS));
    } catch (ExecutionException | TimeoutException e) {
      throw new BenchException("the topics could not be made: " + e.getMessage(), e);
    }
  }

  /** The files go too: the next run starts from nothing. */
  @Override
  public void close() {
    workspace.clear();
  }
}
