package io.nabz.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The client's settings are read by a real Kafka client, with files in place of the mounted
 * secrets.
 */
class KafkaClientTest {

  private static final String USER = "/etc/nabz/kafka-user";
  private static final String AUTHORITY = "/etc/nabz/kafka-ca";

  @TempDir Path folder;

  static Stream<Bundle> bundles() {
    return Bundle.all();
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void certificateAndKeyComeFromTheMountedSecret(Bundle bundle) throws IOException {
    Files.writeString(folder.resolve("user.crt"), "the certificate");
    Files.writeString(folder.resolve("user.key"), "the key");

    ProducerConfig config = new ProducerConfig(settings(bundle, folder));

    assertThat(config.getString("security.protocol")).isEqualTo("SSL");
    assertThat(secret(config, "ssl.keystore.certificate.chain")).isEqualTo("the certificate");
    assertThat(secret(config, "ssl.keystore.key")).isEqualTo("the key");
    assertThat(config.getString("ssl.keystore.type")).isEqualTo("PEM");
    assertThat(config.getString("ssl.truststore.location")).isEqualTo(AUTHORITY + "/ca.crt");
    assertThat(config.unused())
        .allMatch(
            key ->
                key.startsWith("config.providers") || ProducerConfig.configNames().contains(key));
  }

  @Test
  void filesOutsideTheSecretAreNotRead() throws IOException {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Files.writeString(elsewhere.resolve("user.key"), "not for us");
    Map<String, Object> settings = settings(Bundle.baseAsWritten(), folder.resolve("mounted"));
    settings.put("ssl.keystore.key", "${secret:" + elsewhere + ":user.key}");

    assertThatThrownBy(() -> secret(new ProducerConfig(settings), "ssl.keystore.key"))
        .isInstanceOf(ConfigException.class);
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void everyFileItNamesIsMountedIntoEveryClient(Bundle bundle) {
    for (Pod pod : Pod.described(bundle)) {
      Map<String, String> volumeAt =
          pod.spec().getContainers().get(0).getVolumeMounts().stream()
              .collect(Collectors.toMap(VolumeMount::getMountPath, VolumeMount::getName));
      Map<String, Volume> volumes =
          pod.spec().getVolumes().stream().collect(Collectors.toMap(Volume::getName, v -> v));

      assertThat(volumes.get(volumeAt.get(AUTHORITY)).getSecret().getItems())
          .as("only the certificate of the authority")
          .singleElement()
          .satisfies(item -> assertThat(item.getPath()).isEqualTo("ca.crt"));
      assertThat(pod.name())
          .startsWith(volumes.get(volumeAt.get(USER)).getSecret().getSecretName());
      assertThat(volumes.get(volumeAt.get("/etc/nabz/kafka")).getConfigMap().getName())
          .isEqualTo("nabz-kafka-client");
    }
  }

  private static Map<String, Object> settings(Bundle bundle, Path mounted) {
    String text =
        bundle
            .named(ConfigMap.class, "nabz-kafka-client")
            .getData()
            .get("client.properties")
            .replace(USER, mounted.toString());
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(text));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    Map<String, Object> settings = new HashMap<>();
    properties.forEach((key, value) -> settings.put((String) key, value));
    settings.put("bootstrap.servers", "localhost:9093");
    settings.put("key.serializer", ByteArraySerializer.class);
    settings.put("value.serializer", ByteArraySerializer.class);
    return settings;
  }

  private static String secret(ProducerConfig config, String key) {
    Password password = config.getPassword(key);
    return password.value();
  }
}
