package io.nabz.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.strimzi.api.kafka.model.common.template.ContainerTemplate;
import io.strimzi.api.kafka.model.common.template.PodTemplate;
import io.strimzi.api.kafka.model.kafka.Kafka;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.kubernetes.operator.api.FlinkDeployment;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every pod meets the restricted standard that the namespace enforces. */
class PodSecurityTest {

  private static final Pattern USER = Pattern.compile("(?m)^USER (\\d+)(:\\d+)?$");

  static Stream<Bundle> bundles() {
    return Bundle.all();
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void ourPodsRunWithoutRootWithoutCapabilitiesAndOnAReadOnlyDisk(Bundle bundle) {
    for (Pod pod : Pod.described(bundle)) {
      PodSecurityContext whole = pod.spec().getSecurityContext();
      checkPod(pod.name(), whole);
      assertThat(whole.getRunAsUser()).as(pod.name()).isPositive();
      assertThat(whole.getRunAsGroup()).as(pod.name()).isPositive();
      // Mounted secrets are readable by the group only.
      assertThat(whole.getFsGroup()).as(pod.name()).isEqualTo(whole.getRunAsGroup());
      for (Container container : pod.spec().getContainers()) {
        checkContainer(container.getName(), container.getSecurityContext());
        assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void strimzisPodsAreToldToMeetTheStandardToo(Bundle bundle) {
    Kafka kafka = bundle.the(Kafka.class);
    List<PodTemplate> pods = new ArrayList<>();
    List<ContainerTemplate> containers = new ArrayList<>();
    pods.add(kafka.getSpec().getKafka().getTemplate().getPod());
    containers.add(kafka.getSpec().getKafka().getTemplate().getKafkaContainer());
    pods.add(kafka.getSpec().getEntityOperator().getTemplate().getPod());
    containers.add(kafka.getSpec().getEntityOperator().getTemplate().getTopicOperatorContainer());
    containers.add(kafka.getSpec().getEntityOperator().getTemplate().getUserOperatorContainer());
    if (kafka.getSpec().getKafkaExporter() != null) {
      pods.add(kafka.getSpec().getKafkaExporter().getTemplate().getPod());
      containers.add(kafka.getSpec().getKafkaExporter().getTemplate().getContainer());
    }

    pods.forEach(pod -> checkPod("strimzi", pod.getSecurityContext()));
    containers.forEach(container -> checkContainer("strimzi", container.getSecurityContext()));
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void imagesAreOfThisVersionAndNeverTheLatest(Bundle bundle) {
    for (String image : images(bundle)) {
      assertThat(image).matches("[a-z0-9./-]+:[0-9]+\\.[0-9]+\\.[0-9]+([-.][a-z0-9.]+)?");
      assertThat(image).endsWith(":" + ParentPom.projectVersion());
    }
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void theImagesRunAsTheUserThatThePodsAskFor(Bundle bundle) {
    assertThat(userOf("images/api.Dockerfile"))
        .isEqualTo(
            bundle
                .the(StatefulSet.class)
                .getSpec()
                .getTemplate()
                .getSpec()
                .getSecurityContext()
                .getRunAsUser());
    assertThat(userOf("images/job.Dockerfile"))
        .isEqualTo(
            bundle
                .the(FlinkDeployment.class)
                .getSpec()
                .getPodTemplate()
                .getSpec()
                .getSecurityContext()
                .getRunAsUser());
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void theApiHasNoKeyToKubernetes(Bundle bundle) {
    assertThat(
            bundle
                .the(StatefulSet.class)
                .getSpec()
                .getTemplate()
                .getSpec()
                .getAutomountServiceAccountToken())
        .isFalse();
  }

  private static void checkPod(String name, PodSecurityContext context) {
    assertThat(context.getRunAsNonRoot()).as(name).isTrue();
    assertThat(context.getSeccompProfile().getType()).as(name).isEqualTo("RuntimeDefault");
  }

  private static void checkContainer(String name, SecurityContext context) {
    assertThat(context.getAllowPrivilegeEscalation()).as(name).isFalse();
    assertThat(context.getCapabilities().getDrop()).as(name).containsExactly("ALL");
    assertThat(context.getCapabilities().getAdd()).as(name).isEmpty();
  }

  private static List<String> images(Bundle bundle) {
    List<String> images = new ArrayList<>();
    images.add(bundle.the(FlinkDeployment.class).getSpec().getImage());
    for (Container container :
        bundle.the(StatefulSet.class).getSpec().getTemplate().getSpec().getContainers()) {
      images.add(container.getImage());
    }
    return images;
  }

  private static long userOf(String dockerfile) {
    Matcher user = USER.matcher(Bundle.text(dockerfile));
    assertThat(user.find()).as("%s ends as a numbered user", dockerfile).isTrue();
    return Long.parseLong(user.group(1));
  }
}
