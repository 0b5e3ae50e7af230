package io.nabz.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.openshift.api.model.monitoring.v1.Endpoint;
import io.fabric8.openshift.api.model.monitoring.v1.PodMetricsEndpoint;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.Rule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.kubernetes.operator.api.FlinkDeployment;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where monitoring is switched on, it watches pods that run and tells people what to do. */
class MonitoringTest {

  private static final Pattern SELECTOR = Pattern.compile("\\{[^}]*}");
  private static final Pattern TOPIC = Pattern.compile("topic=\"([^\"]+)\"");

  /**
   * Those with monitoring; without a renderer, the component is checked against the base as
   * written.
   */
  static Stream<Bundle> bundles() {
    return Stream.concat(
        Stream.of(writtenWithMonitoring()),
        Bundle.all().filter(bundle -> !bundle.all(PrometheusRule.class).isEmpty()));
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void everyPodMonitorFindsAPodWithThatPort(Bundle bundle) {
    for (PodMonitor monitor : bundle.all(PodMonitor.class)) {
      for (PodMetricsEndpoint endpoint : monitor.getSpec().getPodMetricsEndpoints()) {
        assertThat(Pod.of(bundle))
            .as(monitor.getMetadata().getName())
            .filteredOn(pod -> pod.matches(monitor.getSpec().getSelector()))
            .anyMatch(
                pod ->
                    pod.ports().containsKey(endpoint.getPort())
                        || (pod.name().equals("nabz-kafka")
                            && endpoint.getPort().equals("tcp-prometheus")));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void everyServiceMonitorFindsOneServiceWithThatPort(Bundle bundle) {
    for (ServiceMonitor monitor : bundle.all(ServiceMonitor.class)) {
      List<Service> services =
          bundle.all(Service.class).stream()
              .filter(
                  service ->
                      service.getMetadata().getLabels() != null
                          && service
                              .getMetadata()
                              .getLabels()
                              .entrySet()
                              .containsAll(
                                  monitor.getSpec().getSelector().getMatchLabels().entrySet()))
              .toList();
      assertThat(services).as(monitor.getMetadata().getName()).hasSize(1);
      for (Endpoint endpoint : monitor.getSpec().getEndpoints()) {
        assertThat(endpoint.getPath()).isEqualTo("/metrics");
        assertThat(services.get(0).getSpec().getPorts())
            .anyMatch(port -> port.getName().equals(endpoint.getPort()));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void thePortOfFlinksReporterIsTheOneThatIsScraped(Bundle bundle) {
    String reporter =
        bundle
            .the(FlinkDeployment.class)
            .getSpec()
            .getFlinkConfiguration()
            .get("metrics.reporter.prom.port");

    assertThat(Pod.of(bundle))
        .filteredOn(pod -> pod.name().startsWith("nabz-job"))
        .hasSize(2)
        .allSatisfy(
            pod -> assertThat(pod.ports()).containsEntry("metrics", Integer.valueOf(reporter)));
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void everyAlertSaysHowGraveItIsWhatIsWrongAndWhatToDo(Bundle bundle) {
    List<Rule> rules = rules(bundle);

    assertThat(rules).hasSizeGreaterThan(8);
    assertThat(rules.stream().map(Rule::getAlert)).doesNotHaveDuplicates();
    for (Rule rule : rules) {
      assertThat(rule.getAlert()).startsWith("Nabz");
      assertThat(rule.getFor()).as(rule.getAlert()).matches("\\d+[smh]");
      assertThat(rule.getLabels().get("severity")).isIn("critical", "warning");
      assertThat(rule.getAnnotations().get("summary")).as(rule.getAlert()).endsWith(".");
      assertThat(rule.getAnnotations().get("description")).as(rule.getAlert()).isNotBlank();
    }
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void everyExpressionIsBalancedKeepsToItsNamespaceAndNamesTopicsThatAreThere(Bundle bundle) {
    for (Rule rule : rules(bundle)) {
      String expression = rule.getExpr().getStrVal();
      for (String pair : List.of("()", "{}", "[]")) {
        assertThat(expression.chars().filter(c -> c == pair.charAt(0)).count())
            .as(expression)
            .isEqualTo(expression.chars().filter(c -> c == pair.charAt(1)).count());
      }
      Matcher selector = SELECTOR.matcher(expression);
      assertThat(selector.results().map(MatchResult::group))
          .as(rule.getAlert())
          .isNotEmpty()
          .allMatch(labels -> labels.contains("namespace=\"nabz\""));
      Matcher topic = TOPIC.matcher(expression);
      while (topic.find()) {
        bundle.named(KafkaTopic.class, topic.group(1));
      }
    }
  }

  private static Bundle writtenWithMonitoring() {
    Stream<Manifest> monitoring =
        Stream.of("monitors.yaml", "rules.yaml", "network-policies.yaml")
            .flatMap(
                file ->
                    Manifest.documents(Bundle.folder("monitoring").resolve(file)).stream()
                        .map(document -> Manifest.of("monitoring/" + file, document)));
    return new Bundle(
        "base and monitoring as written",
        Stream.concat(Bundle.baseAsWritten().manifests().stream(), monitoring).toList());
  }

  private static List<Rule> rules(Bundle bundle) {
    return bundle.the(PrometheusRule.class).getSpec().getGroups().stream()
        .flatMap(group -> group.getRules().stream())
        .toList();
  }
}
