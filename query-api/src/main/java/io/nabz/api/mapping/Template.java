package io.nabz.api.mapping;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How one value of an event is made of a payload.
 *
 * <ul>
 *   <li>{@code /a/b}: what is at that JSON Pointer
 *   <li>{@code [/a, /b]}: the first of them that is there
 *   <li>{@code {const: x}}, or plain text: itself
 *   <li>{@code {from: /a, as: number, map: {1: low}}}: what is there, changed
 *   <li>{@code {each: /list, item: {...}}}: a list, made of each element
 *   <li>{@code {join: [/a, /b], with: ", "}}: the texts that are there, joined; with {@code all:
 *       true} nothing unless all are
 *   <li>any other object: an object of such values
 * </ul>
 */
public interface Template {
  /** The value, or null when the payload has nothing for it. */
  JsonNode of(JsonNode payload);

  /**
   * @throws MappingException naming the place that is wrong
   */
  static Template read(JsonNode spec, String at) {
    if (spec.isTextual()) {
      return spec.textValue().startsWith("/") ? pointer(spec.textValue(), at) : constant(spec);
    }
    if (spec.isArray()) {
      return first(all(spec, at));
    }
    if (!spec.isObject()) {
      return constant(spec);
    }
    if (spec.has("const")) {
      only(spec, at, "const");
      return constant(spec.get("const"));
    }
    if (spec.has("from")) {
      only(spec, at, "from", "as", "map");
      return changed(spec, at);
    }
    if (spec.has("each")) {
      only(spec, at, "each", "item");
      return each(read(spec.get("each"), at + ".each"), read(spec.path("item"), at + ".item"));
    }
    if (spec.has("join")) {
      only(spec, at, "join", "with", "all");
      return joined(
          all(spec.get("join"), at), spec.path("with").asText(" "), spec.path("all").asBoolean());
    }
    return object(spec, at);
  }

  private static Template pointer(String text, String at) {
    JsonPointer pointer;
    try {
      pointer = JsonPointer.compile(text);
    } catch (IllegalArgumentException e) {
      throw new MappingException(at + ": '" + text + "' is no JSON Pointer such as /a/b");
    }
    return payload -> {
      JsonNode found = payload.at(pointer);
      return isNothing(found) ? null : found;
    };
  }

  private static Template constant(JsonNode value) {
    return payload -> value;
  }

  private static Template first(List<Template> choices) {
    return payload -> {
      for (Template choice : choices) {
        JsonNode value = choice.of(payload);
        if (value != null) {
          return value;
        }
      }
      return null;
    };
  }

  private static Template changed(JsonNode spec, String at) {
    Template from = read(spec.get("from"), at + ".from");
    JsonNode map = spec.get("map");
    Change change = spec.has("as") ? Change.of(spec.get("as").asText(), at) : null;
    return payload -> {
      JsonNode value = from.of(payload);
      if (value != null && map != null) {
        value = map.get(value.asText());
      }
      return value == null || change == null ? value : change.of(value);
    };
  }

  private static Template each(Template list, Template item) {
    return payload -> {
      JsonNode elements = list.of(payload);
      if (elements == null || !elements.isArray()) {
        return null;
      }
      ArrayNode made = JsonNodeFactory.instance.arrayNode();
      for (JsonNode element : elements) {
        JsonNode value = item.of(element);
        if (value != null) {
          made.add(value);
        }
      }
      return made;
    };
  }

  private static Template joined(List<Template> parts, String with, boolean needsAll) {
    return payload -> {
      List<String> texts = new ArrayList<>();
      for (Template part : parts) {
        JsonNode value = part.of(payload);
        if (value != null && value.isValueNode()) {
          texts.add(value.asText());
        }
      }
      boolean nothing = texts.isEmpty() || (needsAll && texts.size() < parts.size());
      return nothing ? null : TextNode.valueOf(String.join(with, texts));
    };
  }

  private static Template object(JsonNode spec, String at) {
    List<Map.Entry<String, Template>> fields = new ArrayList<>();
    spec.properties()
        .forEach(
            field ->
                fields.add(
                    Map.entry(field.getKey(), read(field.getValue(), at + "." + field.getKey()))));
    return payload -> {
      ObjectNode made = JsonNodeFactory.instance.objectNode();
      for (Map.Entry<String, Template> field : fields) {
        JsonNode value = field.getValue().of(payload);
        if (value != null) {
          made.set(field.getKey(), value);
        }
      }
      return made.isEmpty() ? null : made;
    };
  }

  private static List<Template> all(JsonNode specs, String at) {
    List<Template> all = new ArrayList<>();
    for (int i = 0; i < specs.size(); i++) {
      all.add(read(specs.get(i), at + "[" + i + "]"));
    }
    return all;
  }

  private static void only(JsonNode spec, String at, String... known) {
    List<String> names = List.of(known);
    spec.fieldNames()
        .forEachRemaining(
            name -> {
              if (!names.contains(name)) {
                throw new MappingException(
                    at + ": '" + name + "' is not one of " + String.join(", ", names));
              }
            });
  }

  private static boolean isNothing(JsonNode value) {
    return value.isMissingNode()
        || value.isNull()
        || (value.isTextual() && value.textValue().isBlank());
  }
}
