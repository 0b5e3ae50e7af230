package io.nabz.k8s;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** All that one `kubectl apply` would send, typed. */
record Bundle(String name, List<Manifest> manifests) {

  private static final List<String> KUSTOMIZATIONS =
      List.of("base", "overlays/small", "overlays/production");

  Bundle {
    requireNonNull(name, "name is null");
    manifests = List.copyOf(manifests);
  }

  /**
   * The base as written, which is whole without any rendering, and the base and both overlays as
   * rendered where a renderer is at hand.
   */
  static Stream<Bundle> all() {
    return Everything.BUNDLES.stream();
  }

  /** Rendered once for all tests: a start of kubectl costs a second. */
  private static final class Everything {
    static final List<Bundle> BUNDLES =
        Stream.concat(
                Stream.of(baseAsWritten()),
                Kustomize.find().stream()
                    .flatMap(
                        kustomize ->
                            KUSTOMIZATIONS.stream().map(path -> rendered(kustomize, path))))
            .toList();
  }

  static Bundle baseAsWritten() {
    JsonNode kustomization =
        Manifest.documents(folder("base").resolve("kustomization.yaml")).get(0);
    List<Manifest> manifests = new ArrayList<>();
    for (JsonNode file : kustomization.path("resources")) {
      for (JsonNode document : Manifest.documents(folder("base").resolve(file.asText()))) {
        manifests.add(Manifest.of("base/" + file.asText(), document));
      }
    }
    return new Bundle("base as written", manifests);
  }

  static Bundle rendered(Kustomize kustomize, String path) {
    String origin = "rendered " + path;
    return new Bundle(
        origin,
        Manifest.documents(origin, kustomize.render(folder(path))).stream()
            .map(document -> Manifest.of(origin, document))
            .toList());
  }

  /** A folder of this module, wherever the build was started from. */
  static Path folder(String path) {
    String root = System.getProperty("nabz.root");
    return root == null ? Path.of(path).toAbsolutePath() : Path.of(root, "k8s", path);
  }

  static String text(String path) {
    try {
      return Files.readString(folder(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  <T extends HasMetadata> List<T> all(Class<T> type) {
    return manifests.stream()
        .map(Manifest::resource)
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  /** The one resource of a kind that there must be. */
  <T extends HasMetadata> T the(Class<T> type) {
    List<T> found = all(type);
    if (found.size() != 1) {
      throw new AssertionError(
          name + " has " + found.size() + " of " + type.getSimpleName() + ", not one");
    }
    return found.get(0);
  }

  <T extends HasMetadata> T named(Class<T> type, String wanted) {
    return all(type).stream()
        .filter(resource -> resource.getMetadata().getName().equals(wanted))
        .findFirst()
        .orElseThrow(
            () -> new AssertionError(name + " has no " + type.getSimpleName() + " " + wanted));
  }

  <T extends HasMetadata> List<String> names(Class<T> type) {
    return all(type).stream().map(resource -> resource.getMetadata().getName()).toList();
  }

  @Override
  public String toString() {
    return name;
  }
}
