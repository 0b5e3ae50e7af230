package io.nabz.api.kafka;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * Where Kafka is and what every client of it is told: TLS and credentials, as Kafka names them.
 *
 * @param bootstrapServers {@code host:port,...}
 * @param extra may hold secrets: not for logs
 */
public record KafkaSettings(String bootstrapServers, Map<String, String> extra) {
  public KafkaSettings {
    requireNonNull(bootstrapServers, "bootstrapServers is null");
    extra = Map.copyOf(extra);
  }

  public static KafkaSettings of(String bootstrapServers) {
    return new KafkaSettings(bootstrapServers, Map.of());
  }

  /**
   * With the settings of a properties file.
   *
   * @throws IllegalArgumentException when the file cannot be read
   */
  public static KafkaSettings load(String bootstrapServers, Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "cannot read the Kafka settings in " + file + "; make it readable for this user", e);
    }
    return new KafkaSettings(
        bootstrapServers,
        properties.stringPropertyNames().stream()
            .collect(Collectors.toMap(name -> name, properties::getProperty)));
  }

  /** Fresh client properties; what the caller adds wins over the file's. */
  public Properties client(String clientId) {
    Properties properties = new Properties();
    properties.putAll(extra);
    properties.put("bootstrap.servers", bootstrapServers);
    properties.put("client.id", clientId);
    return properties;
  }

  /** Leaves out the values, among which are credentials. */
  @Override
  public String toString() {
    return "KafkaSettings[bootstrapServers=%s, extra=%s]"
        .formatted(bootstrapServers, extra.keySet());
  }
}
