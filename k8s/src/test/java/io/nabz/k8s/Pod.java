package io.nabz.k8s;

import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.kafka.listener.GenericKafkaListener;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.kubernetes.operator.api.FlinkDeployment;

/**
 * A pod that will run: those we describe, and those that the operators make, with the labels and
 * ports that their documentation promises. The spec of an operator's own pod is null.
 */
record Pod(String name, Map<String, String> labels, PodSpec spec, Map<String, Integer> ports) {

  private static final int STRIMZI_METRICS = 9404;

  Pod {
    labels = Map.copyOf(labels);
    ports = Map.copyOf(ports);
  }

  static List<Pod> of(Bundle bundle) {
    List<Pod> pods = new ArrayList<>();
    for (StatefulSet set : bundle.all(StatefulSet.class)) {
      pods.add(ofTemplate(set.getMetadata().getName(), set.getSpec().getTemplate(), Map.of()));
    }
    for (FlinkDeployment job : bundle.all(FlinkDeployment.class)) {
      String name = job.getMetadata().getName();
      PodTemplateSpec template = job.getSpec().getPodTemplate();
      Map<String, String> conf = job.getSpec().getFlinkConfiguration();
      pods.add(
          ofFlink(
              name,
              "jobmanager",
              template,
              conf,
              "jobmanager.rpc.port",
              "blob.server.port",
              "rest.port"));
      pods.add(
          ofFlink(
              name,
              "taskmanager",
              template,
              conf,
              "taskmanager.rpc.port",
              "taskmanager.data.port"));
    }
    for (Kafka kafka : bundle.all(Kafka.class)) {
      pods.addAll(ofStrimzi(kafka));
    }
    return pods;
  }

  /** Those whose spec we write ourselves. */
  static List<Pod> described(Bundle bundle) {
    return of(bundle).stream().filter(pod -> pod.spec() != null).toList();
  }

  boolean matches(LabelSelector selector) {
    return selector.getMatchExpressions().isEmpty() && matches(selector.getMatchLabels());
  }

  boolean matches(Map<String, String> wanted) {
    return labels
        .entrySet()
        .containsAll((wanted == null ? Map.<String, String>of() : wanted).entrySet());
  }

  Set<Integer> portNumbers() {
    return new HashSet<>(ports.values());
  }

  private static Pod ofTemplate(
      String name, PodTemplateSpec template, Map<String, Integer> morePorts) {
    Map<String, Integer> ports = new HashMap<>(morePorts);
    template.getSpec().getContainers().stream()
        .flatMap(container -> container.getPorts().stream())
        .collect(Collectors.toMap(ContainerPort::getName, ContainerPort::getContainerPort))
        .forEach(ports::put);
    return new Pod(name, template.getMetadata().getLabels(), template.getSpec(), ports);
  }

  private static Pod ofFlink(
      String name,
      String component,
      PodTemplateSpec template,
      Map<String, String> conf,
      String... portKeys) {
    Pod pod =
        ofTemplate(
            name + "-" + component,
            template,
            Stream.of(portKeys)
                .collect(Collectors.toMap(key -> key, key -> Integer.valueOf(conf.get(key)))));
    Map<String, String> labels = new HashMap<>(pod.labels);
    labels.putAll(Map.of("app", name, "component", component, "type", "flink-native-kubernetes"));
    return new Pod(pod.name, labels, pod.spec, pod.ports);
  }

  private static List<Pod> ofStrimzi(Kafka kafka) {
    String cluster = kafka.getMetadata().getName();
    Map<String, Integer> ports =
        new HashMap<>(Map.of("tcp-ctrlplane", 9090, "tcp-replication", 9091));
    for (GenericKafkaListener listener : kafka.getSpec().getKafka().getListeners()) {
      ports.put("tcp-" + listener.getName(), listener.getPort());
    }
    if (kafka.getSpec().getKafka().getMetricsConfig() != null) {
      ports.put("tcp-prometheus", STRIMZI_METRICS);
    }
    List<Pod> pods = new ArrayList<>();
    pods.add(new Pod(cluster + "-kafka", strimziLabels(cluster, "kafka"), null, ports));
    pods.add(
        new Pod(
            cluster + "-entity-operator",
            strimziLabels(cluster, "entity-operator"),
            null,
            Map.of()));
    if (kafka.getSpec().getKafkaExporter() != null) {
      pods.add(
          new Pod(
              cluster + "-kafka-exporter",
              strimziLabels(cluster, "kafka-exporter"),
              null,
              Map.of("tcp-prometheus", STRIMZI_METRICS)));
    }
    return pods;
  }

  private static Map<String, String> strimziLabels(String cluster, String component) {
    return Map.of(
        "strimzi.io/cluster",
        cluster,
        "strimzi.io/kind",
        "Kafka",
        "strimzi.io/name",
        cluster + "-" + component);
  }
}
