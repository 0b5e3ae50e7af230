package io.nabz.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.strimzi.api.kafka.model.kafka.Kafka;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.kubernetes.operator.api.FlinkDeployment;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The API gets the options it reads, answers where it is asked, and keeps its view on its own disk.
 */
class ApiTest {

  private static final BigDecimal GIBIBYTE = BigDecimal.valueOf(1L << 30);

  static Stream<Bundle> bundles() {
    return Bundle.all();
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void itIsGivenEveryOptionThatHasNoUsableDefaultInACluster(Bundle bundle) {
    Map<String, String> options = bundle.named(ConfigMap.class, "nabz-api").getData();
    Kafka kafka = bundle.the(Kafka.class);

    assertThat(options)
        .containsOnlyKeys(
            "NABZ_LISTEN_HOST",
            "NABZ_BOOTSTRAP_SERVERS",
            "NABZ_KAFKA_PROPERTIES",
            "NABZ_DATA_DIR",
            "NABZ_OIDC_ISSUER",
            "NABZ_OIDC_JWKS_URL",
            "NABZ_OIDC_AUDIENCE")
        .containsEntry("NABZ_LISTEN_HOST", "0.0.0.0")
        .containsEntry(
            "NABZ_BOOTSTRAP_SERVERS",
            kafka.getMetadata().getName()
                + "-kafka-bootstrap:"
                + kafka.getSpec().getKafka().getListeners().get(0).getPort());
    assertThat(options.get("NABZ_OIDC_ISSUER")).startsWith("https://");
    assertThat(options.get("NABZ_OIDC_JWKS_URL")).startsWith("https://");
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void itsFoldersAreMounted(Bundle bundle) {
    Map<String, String> options = bundle.named(ConfigMap.class, "nabz-api").getData();
    List<String> mounts =
        container(bundle).getVolumeMounts().stream().map(VolumeMount::getMountPath).toList();

    assertThat(mounts).contains(options.get("NABZ_DATA_DIR"), "/tmp");
    assertThat(mounts)
        .anyMatch(mount -> options.get("NABZ_KAFKA_PROPERTIES").startsWith(mount + "/"));
    assertThat(statefulSet(bundle).getSpec().getVolumeClaimTemplates())
        .singleElement()
        .satisfies(claim -> assertThat(claim.getMetadata().getName()).isEqualTo("data"));
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void probesAskTheRoutesOfTheContractAtAPortThatIsThere(Bundle bundle) {
    Container api = container(bundle);

    check(api, api.getStartupProbe(), "/livez");
    check(api, api.getLivenessProbe(), "/livez");
    check(api, api.getReadinessProbe(), "/readyz");
    assertThat(api.getPorts())
        .singleElement()
        .satisfies(port -> assertThat(port.getContainerPort()).isEqualTo(8080));
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void memoryIsReservedInFullAndTheDiskHoldsMoreThanTheMemory(Bundle bundle) {
    Container api = container(bundle);
    BigDecimal memory = bytes(api.getResources().getRequests().get("memory"));

    assertThat(api.getResources().getLimits().get("memory"))
        .isEqualTo(api.getResources().getRequests().get("memory"));
    assertThat(memory).isGreaterThanOrEqualTo(GIBIBYTE);
    assertThat(
            bytes(
                statefulSet(bundle)
                    .getSpec()
                    .getVolumeClaimTemplates()
                    .get(0)
                    .getSpec()
                    .getResources()
                    .getRequests()
                    .get("storage")))
        .isGreaterThan(memory);
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void itAndTheJobReadTheSameKafkaSettings(Bundle bundle) {
    String ofApi = bundle.named(ConfigMap.class, "nabz-api").getData().get("NABZ_KAFKA_PROPERTIES");

    assertThat(List.of(bundle.the(FlinkDeployment.class).getSpec().getJob().getArgs()))
        .containsSubsequence("--kafka-properties", ofApi);
  }

  private static void check(Container api, Probe probe, String path) {
    assertThat(probe.getHttpGet().getPath()).isEqualTo(path);
    assertThat(api.getPorts())
        .anyMatch(port -> port.getName().equals(probe.getHttpGet().getPort().getStrVal()));
  }

  private static StatefulSet statefulSet(Bundle bundle) {
    return bundle.the(StatefulSet.class);
  }

  private static Container container(Bundle bundle) {
    return statefulSet(bundle).getSpec().getTemplate().getSpec().getContainers().get(0);
  }

  private static BigDecimal bytes(Quantity quantity) {
    return Quantity.getAmountInBytes(quantity);
  }
}
