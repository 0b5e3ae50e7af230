package io.nabz.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressServiceBackend;
import io.fabric8.kubernetes.api.model.networking.v1.IngressTLS;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.kubernetes.operator.api.FlinkDeployment;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever one document says of another is there. */
class ReferencesTest {

  static Stream<Bundle> bundles() {
    return Bundle.all();
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void everyConfigMapThatIsUsedIsThereWithItsKeys(Bundle bundle) {
    for (Pod pod : Pod.described(bundle)) {
      for (Container container : pod.spec().getContainers()) {
        for (EnvFromSource source : container.getEnvFrom()) {
          assertThat(source.getConfigMapRef()).isNotNull();
          bundle.named(ConfigMap.class, source.getConfigMapRef().getName());
        }
      }
      for (Volume volume : pod.spec().getVolumes()) {
        if (volume.getConfigMap() != null) {
          bundle.named(ConfigMap.class, volume.getConfigMap().getName());
        }
        if (volume.getPersistentVolumeClaim() != null) {
          bundle.named(
              PersistentVolumeClaim.class, volume.getPersistentVolumeClaim().getClaimName());
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void everySecretIsWrittenByStrimziOrNamedInTheReadmeWithItsKeys(Bundle bundle) {
    Set<String> strimzi = new HashSet<>(bundle.names(KafkaUser.class));
    strimzi.add(bundle.the(Kafka.class).getMetadata().getName() + "-cluster-ca-cert");
    String readme = Bundle.text("README.md");

    for (SecretUse use : secrets(bundle)) {
      if (!strimzi.contains(use.name())) {
        assertThat(readme)
            .as("the command that makes the secret %s", use.name())
            .containsPattern("create secret [a-z]+ " + use.name() + "\\b");
        if (use.key() != null) {
          assertThat(readme).contains("--from-literal=" + use.key() + "=");
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void noSecretStandsInAnyDocument(Bundle bundle) {
    for (Manifest manifest : bundle.manifests()) {
      assertThat(manifest.resource().getKind()).isNotEqualTo("Secret");
      assertThat(manifest.document().toString())
          .as(manifest.origin())
          .doesNotContainIgnoringCase("BEGIN PRIVATE KEY")
          .doesNotContainPattern("(?i)\"[a-z_.-]*(password|secret_?key|token)\" *: *\"[^\"{$]+\"");
    }
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void everyMountHasItsVolumeAndEveryVolumeIsMounted(Bundle bundle) {
    for (Pod pod : Pod.described(bundle)) {
      Set<String> volumes =
          pod.spec().getVolumes().stream().map(Volume::getName).collect(Collectors.toSet());
      for (StatefulSet set : bundle.all(StatefulSet.class)) {
        if (set.getMetadata().getName().equals(pod.name())) {
          set.getSpec()
              .getVolumeClaimTemplates()
              .forEach(claim -> volumes.add(claim.getMetadata().getName()));
        }
      }
      Set<String> mounted =
          pod.spec().getContainers().stream()
              .flatMap(container -> container.getVolumeMounts().stream())
              .map(VolumeMount::getName)
              .collect(Collectors.toSet());
      assertThat(mounted).as(pod.name()).isEqualTo(volumes);
    }
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void everyServiceAccountIsThereAndItsRulesAreBound(Bundle bundle) {
    String job = bundle.the(FlinkDeployment.class).getSpec().getServiceAccount();
    String api =
        bundle.the(StatefulSet.class).getSpec().getTemplate().getSpec().getServiceAccountName();
    assertThat(bundle.names(ServiceAccount.class)).containsExactlyInAnyOrder(job, api);

    RoleBinding binding = bundle.the(RoleBinding.class);
    assertThat(binding.getRoleRef().getName())
        .isEqualTo(bundle.the(Role.class).getMetadata().getName());
    assertThat(binding.getSubjects())
        .singleElement()
        .satisfies(subject -> assertThat(subject.getName()).isEqualTo(job));
    assertThat(bundle.the(Role.class).getRules())
        .allSatisfy(
            rule -> {
              assertThat(rule.getVerbs()).doesNotContain("*");
              assertThat(rule.getResources()).doesNotContain("*", "secrets");
            });
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void everyServiceFindsPodsAndItsPorts(Bundle bundle) {
    assertThat(bundle.names(Service.class))
        .contains(bundle.the(StatefulSet.class).getSpec().getServiceName());
    for (Service service : bundle.all(Service.class)) {
      List<Pod> pods =
          Pod.of(bundle).stream()
              .filter(pod -> pod.matches(service.getSpec().getSelector()))
              .toList();
      assertThat(pods).as(service.getMetadata().getName()).hasSize(1);
      for (ServicePort port : service.getSpec().getPorts()) {
        assertThat(pods.get(0).ports()).containsKey(port.getTargetPort().getStrVal());
      }
    }
    for (PodDisruptionBudget budget : bundle.all(PodDisruptionBudget.class)) {
      assertThat(Pod.of(bundle)).anyMatch(pod -> pod.matches(budget.getSpec().getSelector()));
      assertThat(budget.getSpec().getMaxUnavailable().getIntVal())
          .as("a budget of none would block every drain")
          .isPositive();
    }
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void theStatefulSetSelectsItsOwnPods(Bundle bundle) {
    StatefulSet set = bundle.the(StatefulSet.class);

    assertThat(set.getSpec().getTemplate().getMetadata().getLabels())
        .containsAllEntriesOf(set.getSpec().getSelector().getMatchLabels());
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void theIngressLeadsToAServiceAndServesOnlyHostsItHasACertificateFor(Bundle bundle) {
    for (Ingress ingress : bundle.all(Ingress.class)) {
      Set<String> covered =
          ingress.getSpec().getTls().stream()
              .map(IngressTLS::getHosts)
              .flatMap(List::stream)
              .collect(Collectors.toSet());
      ingress
          .getSpec()
          .getRules()
          .forEach(
              rule -> {
                assertThat(covered).contains(rule.getHost());
                rule.getHttp()
                    .getPaths()
                    .forEach(
                        path -> {
                          IngressServiceBackend backend = path.getBackend().getService();
                          assertThat(
                                  bundle
                                      .named(Service.class, backend.getName())
                                      .getSpec()
                                      .getPorts())
                              .anyMatch(port -> port.getName().equals(backend.getPort().getName()));
                        });
              });
    }
  }

  private static List<SecretUse> secrets(Bundle bundle) {
    List<SecretUse> uses = new ArrayList<>();
    for (Pod pod : Pod.described(bundle)) {
      for (Volume volume : pod.spec().getVolumes()) {
        if (volume.getSecret() != null) {
          uses.add(new SecretUse(volume.getSecret().getSecretName(), null));
        }
      }
      for (Container container : pod.spec().getContainers()) {
        for (EnvVar variable : container.getEnv()) {
          if (variable.getValueFrom() != null
              && variable.getValueFrom().getSecretKeyRef() != null) {
            uses.add(
                new SecretUse(
                    variable.getValueFrom().getSecretKeyRef().getName(),
                    variable.getValueFrom().getSecretKeyRef().getKey()));
          }
        }
      }
    }
    for (Ingress ingress : bundle.all(Ingress.class)) {
      ingress.getSpec().getTls().forEach(tls -> uses.add(new SecretUse(tls.getSecretName(), null)));
    }
    assertThat(uses).isNotEmpty();
    return uses;
  }

  private record SecretUse(String name, String key) {}
}
