package io.nabz.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.nabz.model.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares values with the schemas of the OpenAPI document: types, required and named properties,
 * items and enumerations; not formats and bounds.
 */
public final class SchemaCheck {
  private final JsonNode document;

  private SchemaCheck(JsonNode document) {
    this.document = document;
  }

  public static SchemaCheck ofOpenApi() {
    try (InputStream in = SchemaCheck.class.getResourceAsStream("/openapi.json")) {
      return new SchemaCheck(Json.tree(in.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public JsonNode document() {
    return document;
  }

  /** What is wrong with the value, as a list of sentences. */
  public List<String> errors(String schemaName, JsonNode value) {
    return errors(document.at("/components/schemas/" + schemaName), value);
  }

  public List<String> errors(JsonNode schema, JsonNode value) {
    List<String> errors = new ArrayList<>();
    if (schema.isMissingNode()) {
      errors.add("there is no such schema");
    }
    check(schema, value, "$", errors);
    return errors;
  }

  private void check(JsonNode schema, JsonNode value, String at, List<String> errors) {
    if (schema.has("$ref")) {
      check(document.at(schema.get("$ref").asText().substring(1)), value, at, errors);
      return;
    }
    String type = schema.path("type").asText("any");
    if (!isOfType(type, value)) {
      errors.add(at + " is not of type " + type);
      return;
    }
    if (schema.has("enum")) {
      List<JsonNode> allowed = new ArrayList<>();
      schema.get("enum").forEach(allowed::add);
      if (!allowed.contains(value)) {
        errors.add(at + " is " + value + " and not one of " + allowed);
      }
    }
    schema
        .path("required")
        .forEach(
            name -> {
              if (!value.has(name.asText())) {
                errors.add(at + "." + name.asText() + " is missing");
              }
            });
    value
        .fields()
        .forEachRemaining(
            field -> {
              JsonNode of = schema.path("properties").get(field.getKey());
              JsonNode other = schema.get("additionalProperties");
              if (of != null) {
                check(of, field.getValue(), at + "." + field.getKey(), errors);
              } else if (other != null) {
                check(other, field.getValue(), at + "." + field.getKey(), errors);
              } else if (schema.has("properties")) {
                errors.add(at + "." + field.getKey() + " is not in the document");
              }
            });
    for (int i = 0; value.isArray() && i < value.size(); i++) {
      check(schema.path("items"), value.get(i), at + "[" + i + "]", errors);
    }
  }

  private static boolean isOfType(String type, JsonNode value) {
    return switch (type) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "boolean" -> value.isBoolean();
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      case "any" -> true;
      default -> throw new IllegalArgumentException("the check does not know the type " + type);
    };
  }

  static void assertFits(String schema, TestHttp.Answer answer) {
    assertThat(ofOpenApi().errors(schema, answer.json())).as(answer.text()).isEmpty();
  }
}
