package io.nabz.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.kafka.listener.GenericKafkaListener;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing is open that nobody needs, and no policy waits for a pod that does not exist. */
class NetworkTest {

  static Stream<Bundle> bundles() {
    return Bundle.all();
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void everythingIsDeniedUnlessAPolicyAllowsIt(Bundle bundle) {
    NetworkPolicy deny = bundle.named(NetworkPolicy.class, "default-deny");

    assertThat(deny.getSpec().getPolicyTypes()).containsExactlyInAnyOrder("Ingress", "Egress");
    assertThat(deny.getSpec().getPodSelector().getMatchLabels()).isEmpty();
    assertThat(deny.getSpec().getIngress()).isEmpty();
    assertThat(deny.getSpec().getEgress()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void everyPolicySelectsAPodThatWillRun(Bundle bundle) {
    for (NetworkPolicy policy : bundle.all(NetworkPolicy.class)) {
      assertThat(selected(bundle, policy)).as(policy.getMetadata().getName()).isNotEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void everyAllowedWayInEndsAtAPortOfThePod(Bundle bundle) {
    for (NetworkPolicy policy : bundle.all(NetworkPolicy.class)) {
      Set<Integer> open = new HashSet<>();
      selected(bundle, policy).forEach(pod -> open.addAll(pod.portNumbers()));
      policy
          .getSpec()
          .getIngress()
          .forEach(rule -> assertThat(open).containsAll(numbers(rule.getPorts())));
    }
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void everyAllowedWayOutToAPodEndsAtAPortOfThatPod(Bundle bundle) {
    for (NetworkPolicy policy : bundle.all(NetworkPolicy.class)) {
      policy
          .getSpec()
          .getEgress()
          .forEach(
              rule -> {
                for (NetworkPolicyPeer peer : rule.getTo()) {
                  if (peer.getPodSelector() != null && peer.getNamespaceSelector() == null) {
                    List<Pod> reached =
                        Pod.of(bundle).stream()
                            .filter(pod -> pod.matches(peer.getPodSelector()))
                            .toList();
                    Set<Integer> open = new HashSet<>();
                    reached.forEach(pod -> open.addAll(pod.portNumbers()));
                    assertThat(open)
                        .as(policy.getMetadata().getName())
                        .containsAll(numbers(rule.getPorts()));
                  }
                }
              });
    }
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void everyRuleNamesItsPortsAndItsPeers(Bundle bundle) {
    for (NetworkPolicy policy : bundle.all(NetworkPolicy.class)) {
      String name = policy.getMetadata().getName();
      policy
          .getSpec()
          .getIngress()
          .forEach(
              rule -> {
                assertThat(rule.getPorts()).as(name).isNotEmpty();
                assertThat(rule.getFrom()).as(name).isNotEmpty();
              });
      policy
          .getSpec()
          .getEgress()
          .forEach(
              rule -> {
                assertThat(rule.getPorts()).as(name).isNotEmpty();
                assertThat(rule.getTo()).as(name).isNotEmpty();
              });
    }
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void kafkaIsReachedOnlyWithACertificateAndByThePodsThatCarryTheLabel(Bundle bundle) {
    GenericKafkaListener listener =
        bundle.the(Kafka.class).getSpec().getKafka().getListeners().stream()
            .reduce(
                (a, b) -> {
                  throw new AssertionError("a second listener: " + b.getName());
                })
            .orElseThrow();

    assertThat(listener.isTls()).isTrue();
    assertThat(listener.getAuth().getType()).isEqualTo("tls");
    NetworkPolicyPeer peer = listener.getNetworkPolicyPeers().get(0);
    NetworkPolicy out = bundle.named(NetworkPolicy.class, "kafka-clients");
    for (Pod client : Pod.described(bundle)) {
      assertThat(client.matches(peer.getPodSelector())).as(client.name()).isTrue();
      assertThat(client.matches(out.getSpec().getPodSelector())).as(client.name()).isTrue();
    }
    assertThat(numbers(out.getSpec().getEgress().get(0).getPorts()))
        .containsExactly(listener.getPort());
  }

  private static List<Pod> selected(Bundle bundle, NetworkPolicy policy) {
    return Pod.of(bundle).stream()
        .filter(pod -> pod.matches(policy.getSpec().getPodSelector()))
        .toList();
  }

  private static Set<Integer> numbers(List<NetworkPolicyPort> ports) {
    return ports.stream().map(port -> port.getPort().getIntVal()).collect(Collectors.toSet());
  }
}
