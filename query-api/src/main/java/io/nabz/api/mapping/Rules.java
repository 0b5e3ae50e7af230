package io.nabz.api.mapping;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.cel.common.types.CelType;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The rows of a mapping: when a payload is so, it becomes an event of this type with this data. The
 * first row that fits decides.
 */
public final class Rules {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private record Condition(JsonPointer at, Set<String> values) implements Predicate<JsonNode> {
    @Override
    public boolean test(JsonNode payload) {
      JsonNode found = payload.at(at);
      return found.isValueNode() && values.contains(found.asText());
    }
  }

  private record Row(List<Predicate<JsonNode>> when, Template type, Template data) {}

  /**
   * What a row made of a payload.
   *
   * @param type of the event; null when the row says that the payload is none
   */
  public record Outcome(String type, ObjectNode data) {}

  private final List<Row> rows = new ArrayList<>();

  /**
   * @param document {@code {shared: {name: data}, rows: [{when: {/pointer: value or list} or CEL,
   *     type: ..., data: {...} or a shared name}]}}; a row without a type passes the payload over
   * @param names the parts of a payload, with their types, that CEL may ask for
   * @throws MappingException naming the place that is wrong
   */
  public Rules(JsonNode document, Map<String, CelType> names) {
    JsonNode specs = document.path("rows");
    if (!specs.isArray() || specs.isEmpty()) {
      throw new MappingException("rows is not a list of rows with when, type and data");
    }
    for (int i = 0; i < specs.size(); i++) {
      rows.add(row(specs.get(i), document.path("shared"), names, "rows[" + i + "]"));
    }
  }

  /** A YAML document as a tree. */
  public static JsonNode yaml(InputStream yaml) throws IOException {
    return YAML.readTree(yaml);
  }

  /** The mapping in a YAML document. */
  public static Rules ofYaml(InputStream yaml, Map<String, CelType> names) throws IOException {
    return new Rules(YAML.readTree(yaml), names);
  }

  /** The outcome of the first row that fits, or null when none does. */
  public Outcome of(JsonNode payload) {
    for (Row row : rows) {
      if (row.when().stream().allMatch(condition -> condition.test(payload))) {
        JsonNode data = row.data() == null ? null : row.data().of(payload);
        JsonNode type = row.type() == null ? null : row.type().of(payload);
        return new Outcome(
            type == null ? null : type.asText(), data instanceof ObjectNode object ? object : null);
      }
    }
    return null;
  }

  private static Row row(JsonNode spec, JsonNode shared, Map<String, CelType> names, String at) {
    for (Map.Entry<String, JsonNode> field : spec.properties()) {
      if (!Set.of("when", "type", "data").contains(field.getKey())) {
        throw new MappingException(
            at + ": '" + field.getKey() + "' is not one of when, type, data");
      }
    }
    List<Predicate<JsonNode>> when = new ArrayList<>();
    JsonNode asked = spec.path("when");
    if (asked.isTextual()) {
      when.add(CelCondition.compile(asked.textValue(), names, at + ".when"));
    } else if (asked.isObject() || asked.isMissingNode()) {
      for (Map.Entry<String, JsonNode> field : asked.properties()) {
        when.add(condition(field.getKey(), field.getValue(), at + ".when"));
      }
    } else {
      throw new MappingException(
          at + ".when: write {/pointer: value}, or CEL as a text such as \"body.total > 100\"");
    }
    JsonNode data = spec.get("data");
    if (data != null && data.isTextual()) {
      data = shared.get(data.textValue());
      if (data == null) {
        throw new MappingException(at + ".data: shared has nothing of that name");
      }
    }
    return new Row(
        List.copyOf(when),
        spec.hasNonNull("type") ? Template.read(spec.get("type"), at + ".type") : null,
        data == null ? null : Template.read(data, at + ".data"));
  }

  private static Condition condition(String pointer, JsonNode wanted, String at) {
    try {
      List<String> values = new ArrayList<>();
      if (wanted.isArray()) {
        wanted.forEach(value -> values.add(value.asText()));
      } else {
        values.add(wanted.asText());
      }
      return new Condition(JsonPointer.compile(pointer), Set.copyOf(values));
    } catch (IllegalArgumentException e) {
      throw new MappingException(at + ": '" + pointer + "' is no JSON Pointer such as /a/b");
    }
  }
}
