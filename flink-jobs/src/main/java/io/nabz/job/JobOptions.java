package io.nabz.job;

import static java.util.Objects.requireNonNull;
import static org.apache.flink.configuration.ConfigOptions.key;

import io.nabz.customer.ArbiterPolicy;
import io.nabz.customer.CustomerPolicy;
import io.nabz.identity.IdentityPolicy;
import io.nabz.kpi.KpiPolicy;
import java.io.IOException;
import java.io.Reader;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;

/**
 * What the job can be told, each option with its default and what it is for. They are given as
 * program arguments, {@code --bootstrap-servers host:9092 --cart-abandoned-after 45min}.
 *
 * @param kafkaProperties further settings of every Kafka client, by Kafka's names; may hold secrets
 * @param clockSlack how far out of order events of one partition may be before the clock passes
 *     them
 * @param idleAfter silence after which a partition no longer holds the clock back
 * @param startupGrace silence right after the start that is not yet taken for silence of the feeds
 * @param historicAfter lag behind the clock from which on an event is history rather than late
 * @param snapshotInterval between two snapshots of one customer, at least; the first goes at once
 * @param hotCustomers heap that each parallel instance may take for customers lately heard of,
 *     roughly; null for a quarter of the heap, divided among the slots
 */
public record JobOptions(
    String bootstrapServers,
    Map<String, String> kafkaProperties,
    String groupId,
    Duration clockSlack,
    Duration idleAfter,
    Duration startupGrace,
    Duration historicAfter,
    Duration snapshotInterval,
    MemorySize hotCustomers,
    CustomerPolicy policy,
    ArbiterPolicy arbiter,
    IdentityPolicy identity,
    KpiPolicy kpi,
    TextOptions text)
    implements Serializable {

  static final ConfigOption<String> BOOTSTRAP_SERVERS =
      key("bootstrap-servers")
          .stringType()
          .noDefaultValue()
          .withDescription("Kafka's addresses, host:port, comma separated.");

  static final ConfigOption<String> KAFKA_PROPERTIES =
      key("kafka-properties")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "File with further settings of every Kafka client, as Kafka names them: TLS,"
                  + " credentials.");

  static final ConfigOption<String> GROUP_ID =
      key("group-id")
          .stringType()
          .defaultValue("nabz-customer-job")
          .withDescription("Consumer group that offsets are reported under.");

  static final ConfigOption<Duration> CLOCK_SLACK =
      key("clock-slack")
          .durationType()
          .defaultValue(Duration.ofSeconds(1))
          .withDescription(
              "How far out of order events of one partition may be before the clock passes them.");

  static final ConfigOption<Duration> IDLE_AFTER =
      key("idle-after")
          .durationType()
          .defaultValue(Duration.ofSeconds(2))
          .withDescription("Silence after which a partition no longer holds the clock back.");

  static final ConfigOption<Duration> STARTUP_GRACE =
      key("startup-grace")
          .durationType()
          .defaultValue(Duration.ofSeconds(5))
          .withDescription(
              "Silence right after the start that is not yet taken for silence of the feeds.");

  static final ConfigOption<Duration> HISTORIC_AFTER =
      key("historic-after")
          .durationType()
          .defaultValue(Duration.ofMinutes(10))
          .withDescription(
              "Lag behind the clock from which on an event is history rather than late: the"
                  + " customer's time then goes on from that event.");

  static final ConfigOption<Duration> SNAPSHOT_INTERVAL =
      key("snapshot-interval")
          .durationType()
          .defaultValue(Duration.ofMillis(50))
          .withDescription(
              "Shortest time between two snapshots of one customer; the first goes at once. While"
                  + " the stream is behind by more than a second, each may wait for half of the"
                  + " delay, 10 s at most. 0 s writes one for each event.");

  static final ConfigOption<MemorySize> HOT_CUSTOMERS =
      key("hot-customers")
          .memoryType()
          .noDefaultValue()
          .withDescription(
              "Heap that each parallel instance may take for customers lately heard of, roughly;"
                  + " it takes no more than spares reading. Without it a quarter of the heap, divided"
                  + " among the slots.");

  static final ConfigOption<String> DEFAULT_REGION =
      key("default-region")
          .stringType()
          .defaultValue(CustomerPolicy.DEFAULT.defaultRegion())
          .withDescription("Region of phone numbers written without a country code, ISO 3166.");

  static final ConfigOption<Duration> CART_ABANDONED_AFTER =
      key("cart-abandoned-after")
          .durationType()
          .defaultValue(CustomerPolicy.DEFAULT.cartAbandonedAfter())
          .withDescription("How long a cart may rest before it counts as abandoned.");

  static final ConfigOption<Duration> CART_FORGOTTEN_AFTER =
      key("cart-forgotten-after")
          .durationType()
          .defaultValue(CustomerPolicy.DEFAULT.cartForgottenAfter())
          .withDescription("How long an abandoned cart is kept.");

  static final ConfigOption<Integer> REPEAT_CALLER_CALLS =
      key("repeat-caller-calls")
          .intType()
          .defaultValue(CustomerPolicy.DEFAULT.repeatCallerCalls())
          .withDescription("Calls within 24 h that make a repeat caller.");

  static final ConfigOption<Double> NEGATIVE_SENTIMENT_AT =
      key("negative-sentiment-at")
          .doubleType()
          .defaultValue(CustomerPolicy.DEFAULT.negativeSentimentAt())
          .withDescription("Score, -1 to 1, at or below which a customer counts as upset.");

  static final ConfigOption<Double> CALMED_SENTIMENT_ABOVE =
      key("calmed-sentiment-above")
          .doubleType()
          .defaultValue(CustomerPolicy.DEFAULT.calmedSentimentAbove())
          .withDescription("Score above which an upset customer counts as calmed.");

  static final ConfigOption<Duration> NEGATIVE_SENTIMENT_FOR =
      key("negative-sentiment-for")
          .durationType()
          .defaultValue(CustomerPolicy.DEFAULT.negativeSentimentFor())
          .withDescription("How long a customer counts as upset without a newer sign.");

  static final ConfigOption<Duration> CONTACT_LOST_AFTER =
      key("contact-lost-after")
          .durationType()
          .defaultValue(CustomerPolicy.DEFAULT.contactLostAfter())
          .withDescription("How long a contact without any word counts as still going on.");

  static final ConfigOption<Duration> RESOLVED_AFTER =
      key("resolved-after")
          .durationType()
          .defaultValue(CustomerPolicy.DEFAULT.resolvedAfter())
          .withDescription(
              "How long no further contact may come for a contact to count as resolved; at most"
                  + " 30 d.");

  static final ConfigOption<Duration> FORGOTTEN_AFTER =
      key("forgotten-after")
          .durationType()
          .defaultValue(CustomerPolicy.DEFAULT.forgottenAfter())
          .withDescription("How long after the newest event a customer is forgotten.");

  /** All options, in the order of the documentation. */
  static final List<ConfigOption<?>> ALL =
      all(
          BOOTSTRAP_SERVERS,
          KAFKA_PROPERTIES,
          GROUP_ID,
          CLOCK_SLACK,
          IDLE_AFTER,
          STARTUP_GRACE,
          HISTORIC_AFTER,
          SNAPSHOT_INTERVAL,
          HOT_CUSTOMERS,
          DEFAULT_REGION,
          CART_ABANDONED_AFTER,
          CART_FORGOTTEN_AFTER,
          REPEAT_CALLER_CALLS,
          NEGATIVE_SENTIMENT_AT,
          CALMED_SENTIMENT_ABOVE,
          NEGATIVE_SENTIMENT_FOR,
          CONTACT_LOST_AFTER,
          RESOLVED_AFTER,
          FORGOTTEN_AFTER);

  public JobOptions {
    requireNonNull(bootstrapServers, "bootstrapServers is null");
    kafkaProperties = Map.copyOf(kafkaProperties);
    requireNonNull(groupId, "groupId is null");
    requireNonNull(clockSlack, "clockSlack is null");
    requireNonNull(idleAfter, "idleAfter is null");
    requireNonNull(startupGrace, "startupGrace is null");
    requireNonNull(historicAfter, "historicAfter is null");
    requireNonNull(snapshotInterval, "snapshotInterval is null");
    requireNonNull(policy, "policy is null");
    requireNonNull(arbiter, "arbiter is null");
    requireNonNull(identity, "identity is null");
    requireNonNull(kpi, "kpi is null");
    requireNonNull(text, "text is null");
  }

  /** The defaults against that Kafka. */
  public static JobOptions of(String bootstrapServers) {
    return from(Map.of(BOOTSTRAP_SERVERS.key(), bootstrapServers));
  }

  /**
   * Reads options by name.
   *
   * @throws IllegalArgumentException naming the option that is missing, unknown or not readable
   */
  public static JobOptions from(Map<String, String> values) {
    for (String name : values.keySet()) {
      if (ALL.stream().noneMatch(option -> option.key().equals(name))) {
        throw new IllegalArgumentException(
            "unknown option --"
                + name
                + "; known: "
                + ALL.stream().map(ConfigOption::key).toList());
      }
    }
    Configuration config = Configuration.fromMap(values);
    String bootstrapServers =
        config
            .getOptional(BOOTSTRAP_SERVERS)
            .orElseThrow(
                () ->
                    new IllegalArgumentException("--bootstrap-servers is missing; give host:port"));
    return new JobOptions(
        bootstrapServers,
        config.getOptional(KAFKA_PROPERTIES).map(JobOptions::load).orElse(Map.of()),
        config.get(GROUP_ID),
        config.get(CLOCK_SLACK),
        config.get(IDLE_AFTER),
        config.get(STARTUP_GRACE),
        config.get(HISTORIC_AFTER),
        config.get(SNAPSHOT_INTERVAL),
        config.getOptional(HOT_CUSTOMERS).orElse(null),
        new CustomerPolicy(
            config.get(DEFAULT_REGION),
            config.get(CART_ABANDONED_AFTER),
            config.get(CART_FORGOTTEN_AFTER),
            config.get(REPEAT_CALLER_CALLS),
            config.get(NEGATIVE_SENTIMENT_AT),
            config.get(CALMED_SENTIMENT_ABOVE),
            config.get(NEGATIVE_SENTIMENT_FOR),
            config.get(CONTACT_LOST_AFTER),
            config.get(RESOLVED_AFTER),
            config.get(FORGOTTEN_AFTER),
            FlagOptions.policy(config)),
        ArbiterOptions.policy(config),
        IdentityOptions.policy(config, config.get(FORGOTTEN_AFTER)),
        KpiOptions.read(
            config,
            config.get(CONTACT_LOST_AFTER),
            config.get(CART_ABANDONED_AFTER),
            config.get(RESOLVED_AFTER)),
        TextOptions.read(config));
  }

  private static List<ConfigOption<?>> all(ConfigOption<?>... own) {
    return Stream.of(
            List.of(own),
            IdentityOptions.ALL,
            FlagOptions.ALL,
            ArbiterOptions.ALL,
            KpiOptions.ALL,
            TextOptions.ALL)
        .<ConfigOption<?>>flatMap(List::stream)
        .toList();
  }

  private static Map<String, String> load(String file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(Path.of(file))) {
      properties.load(reader);
    } catch (IOException e) {
      throw new IllegalArgumentException("--kafka-properties: cannot read " + file, e);
    }
    return properties.stringPropertyNames().stream()
        .collect(Collectors.toMap(name -> name, properties::getProperty));
  }

  /** Leaves out the values of the Kafka settings, among which are credentials. */
  @Override
  public String toString() {
    return "JobOptions[bootstrapServers=%s, groupId=%s, kafkaProperties=%s, policy=%s]"
        .formatted(bootstrapServers, groupId, kafkaProperties.keySet(), policy);
  }
}
