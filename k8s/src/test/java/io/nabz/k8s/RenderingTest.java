package io.nabz.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Namespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The overlays render, and every file that goes into them is typed as it is written. */
class RenderingTest {

  private static final Set<String> NOT_A_RESOURCE = Set.of("Kustomization", "Component");

  @ParameterizedTest
  @ValueSource(strings = {"base", "overlays/small", "overlays/production"})
  void everyKustomizationRendersIntoOneNamespace(String path) {
    Bundle bundle = rendered(path);

    assertThat(bundle.manifests()).hasSizeGreaterThan(25);
    String namespace = bundle.the(Namespace.class).getMetadata().getName();
    assertThat(bundle.manifests())
        .filteredOn(manifest -> !(manifest.resource() instanceof Namespace))
        .allSatisfy(
            manifest ->
                assertThat(manifest.resource().getMetadata().getNamespace())
                    .as("%s", manifest.resource().getMetadata().getName())
                    .isEqualTo(namespace));
    assertThat(bundle.manifests().stream().map(RenderingTest::identity)).doesNotHaveDuplicates();
  }

  @Test
  void theOverlaysDifferWhereTheySay() {
    Bundle small = rendered("overlays/small");
    Bundle production = rendered("overlays/production");

    assertThat(identities(production))
        .contains("Ingress nabz", "PrometheusRule nabz", "PodMonitor nabz-job")
        .doesNotContain("PersistentVolumeClaim nabz-flink-data");
    assertThat(identities(small))
        .contains("PersistentVolumeClaim nabz-flink-data")
        .doesNotContain("Ingress nabz", "PrometheusRule nabz");
  }

  static Stream<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(Bundle.folder("."))) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .filter(file -> !file.toString().contains("target"))
          .map(Path::normalize)
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("sources")
  void everyFileIsTypedAsItIsWritten(Path file) {
    List<JsonNode> documents = Manifest.documents(file);

    assertThat(documents).isNotEmpty();
    for (JsonNode document : documents) {
      if (document.isArray()) {
        assertThat(document)
            .allSatisfy(
                step -> {
                  assertThat(step.path("op").asText()).isIn("test", "add", "replace", "remove");
                  assertThat(step.path("path").asText()).startsWith("/");
                });
      } else if (!NOT_A_RESOURCE.contains(document.path("kind").asText())) {
        ObjectNode plain = document.deepCopy();
        plain.remove("$patch");
        assertThat(Manifest.of(file.toString(), plain).resource().getMetadata().getName())
            .isNotBlank();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("sources")
  void everyFileIsNamedByAKustomizationBesideIt(Path file) throws IOException {
    Path beside = file.resolveSibling("kustomization.yaml");

    assertThat(beside).exists();
    if (!file.equals(beside)) {
      assertThat(Files.readString(beside)).contains(file.getFileName().toString());
    }
  }

  /**
   * Skips where there is no renderer, but never in CI, where that would hide half of the checks.
   */
  private static Bundle rendered(String path) {
    Optional<Bundle> found =
        Bundle.all().filter(bundle -> bundle.name().equals("rendered " + path)).findFirst();
    if (found.isEmpty() && "true".equals(System.getenv("CI"))) {
      fail(Kustomize.WANTED + "; CI may not skip this.");
    }
    assumeTrue(found.isPresent(), Kustomize.WANTED + ".");
    return found.orElseThrow();
  }

  private static List<String> identities(Bundle bundle) {
    return bundle.manifests().stream().map(RenderingTest::identity).toList();
  }

  private static String identity(Manifest manifest) {
    return manifest.resource().getKind() + " " + manifest.resource().getMetadata().getName();
  }
}
