package io.nabz.k8s;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One document of a YAML file: as written, and as the published class of its kind. */
record Manifest(String origin, JsonNode document, HasMetadata resource) {

  private static final YAMLMapper YAML =
      YAMLMapper.builder(
              YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .build();

  Manifest {
    requireNonNull(origin, "origin is null");
    requireNonNull(document, "document is null");
    requireNonNull(resource, "resource is null");
  }

  static Manifest of(String origin, JsonNode document) {
    try {
      return new Manifest(origin, document, StrictModel.read(document));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(origin + ": " + e.getOriginalMessage(), e);
    }
  }

  /** Every document of a YAML text; a key that stands twice is refused. */
  static List<JsonNode> documents(String origin, String yaml) {
    List<JsonNode> documents = new ArrayList<>();
    try (JsonParser parser = YAML.createParser(yaml)) {
      while (parser.nextToken() != null) {
        documents.add(YAML.readTree(parser));
      }
      // A file that begins with a comment and `---` yields an empty first document.
      documents.removeIf(node -> !node.isContainerNode());
      return List.copyOf(documents);
    } catch (IOException e) {
      throw new UncheckedIOException(origin + ": " + e.getMessage(), e);
    }
  }

  static List<JsonNode> documents(Path file) {
    try {
      return documents(file.getFileName().toString(), Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return origin + ": " + resource.getKind() + " " + resource.getMetadata().getName();
  }
}
