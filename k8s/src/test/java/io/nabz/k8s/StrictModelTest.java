package io.nabz.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Proves that the strictness bites: each document, changed for the worse, is refused. */
class StrictModelTest {

  static Stream<Bundle> bundles() {
    return Bundle.all();
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void aFieldThatNobodyKnowsIsRefusedInEveryDocument(Bundle bundle) {
    for (Manifest manifest : bundle.manifests()) {
      ObjectNode changed = manifest.document().deepCopy();
      changed.put("nabzDoesNotKnowThis", "x");

      assertThatThrownBy(() -> StrictModel.read(changed))
          .as("%s %s", manifest.origin(), manifest.resource().getKind())
          .hasMessageContaining("nabzDoesNotKnowThis");
    }
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void aFieldThatNobodyKnowsIsRefusedAtEveryDepthOfASpec(Bundle bundle) {
    int places = 0;
    for (Manifest manifest : bundle.manifests()) {
      for (String pointer : typedObjects(manifest.document())) {
        ObjectNode changed = manifest.document().deepCopy();
        ((ObjectNode) changed.at(pointer)).put("nabzDoesNotKnowThis", "x");

        assertThatThrownBy(() -> StrictModel.read(changed))
            .as("%s %s", manifest.origin(), pointer)
            .hasMessageContaining("nabzDoesNotKnowThis");
        places++;
      }
    }
    assertThat(places).as("places where a field was slipped in").isGreaterThan(250);
  }

  @ParameterizedTest
  @CsvSource({
    "StatefulSet, /spec/replicas, two",
    "StatefulSet, /spec/template/spec/securityContext/runAsNonRoot, maybe",
    "FlinkDeployment, /spec/job/parallelism, four",
    "FlinkDeployment, /spec/job/upgradeMode, careless",
    "FlinkDeployment, /spec/flinkVersion, v9_9",
    "KafkaUser, /spec/authorization/acls/0/resource/type, topics",
    "KafkaNodePool, /spec/roles/0, leader",
    "Kafka, /spec/kafka/listeners/0/type, inside"
  })
  void aValueOfTheWrongTypeIsRefused(String kind, String pointer, String wrong) {
    ObjectNode changed = baseDocument(kind).deepCopy();
    int cut = pointer.lastIndexOf('/');
    JsonNode parent = changed.at(pointer.substring(0, cut));
    String last = pointer.substring(cut + 1);
    if (parent instanceof ObjectNode object) {
      object.put(last, wrong);
    } else {
      ((ArrayNode) parent).set(Integer.parseInt(last), TextNode.valueOf(wrong));
    }

    assertThatThrownBy(() -> StrictModel.read(changed)).hasMessageContaining(wrong);
  }

  @Test
  void aNumberWhereKubernetesWantsAStringIsRefused() {
    ObjectNode changed = baseDocument("ConfigMap").deepCopy();
    ((ObjectNode) changed.at("/data")).put("NABZ_PORT", 8080);

    assertThatThrownBy(() -> StrictModel.read(changed))
        .hasMessageContaining("Integer value (8080)");
  }

  @Test
  void aKeyThatStandsTwiceIsRefused() {
    String yaml =
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {k: x}\ndata: {k: y}\n";

    assertThatThrownBy(() -> Manifest.documents("twice", yaml)).hasMessageContaining("data");
  }

  @Test
  void aKindWithoutAPublishedClassIsRefused() {
    JsonNode document =
        Manifest.documents("old", "apiVersion: kafka.strimzi.io/v1beta2\nkind: Kafka\n").get(0);

    assertThatThrownBy(() -> StrictModel.read(document))
        .hasMessageContaining("kafka.strimzi.io/v1beta2/Kafka");
  }

  private static JsonNode baseDocument(String kind) {
    return Bundle.baseAsWritten().manifests().stream()
        .map(Manifest::document)
        .filter(document -> document.path("kind").asText().equals(kind))
        .findFirst()
        .orElseThrow();
  }

  /**
   * Pointers to every object that has a published class of its own, so not the free maps of
   * strings.
   */
  private static List<String> typedObjects(JsonNode document) {
    List<String> pointers = new ArrayList<>();
    gather(document, "", pointers);
    return pointers;
  }

  private static void gather(JsonNode node, String pointer, List<String> pointers) {
    if (node.isObject() && !isFreeMap(pointer)) {
      if (!pointer.isEmpty()) {
        pointers.add(pointer);
      }
      node.properties()
          .forEach(
              field ->
                  gather(
                      field.getValue(),
                      pointer + "/" + field.getKey().replace("~", "~0").replace("/", "~1"),
                      pointers));
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        gather(node.get(i), pointer + "/" + i, pointers);
      }
    }
  }

  private static boolean isFreeMap(String pointer) {
    return pointer.matches(
        ".*/(labels|annotations|matchLabels|data|config|flinkConfiguration|limits|requests"
            + "|spec/selector)");
  }
}
