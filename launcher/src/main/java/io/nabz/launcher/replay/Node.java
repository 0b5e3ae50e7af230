package io.nabz.launcher.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A place in an adapter's YAML: what stands there, and how to name it in an error. */
record Node(String place, JsonNode value) {

  IllegalArgumentException wrong(String message) {
    return new IllegalArgumentException(place + ": " + message);
  }

  boolean present() {
    return !value.isMissingNode() && !value.isNull();
  }

  Node at(String key) {
    return new Node(place + "." + key, value.path(key));
  }

  /** Refuses a misspelt key instead of ignoring it. */
  Node only(String... known) {
    if (!value.isObject()) {
      throw wrong("write a block of keys and values");
    }
    Set<String> keys = Set.of(known);
    value
        .fieldNames()
        .forEachRemaining(
            key -> {
              if (!keys.contains(key)) {
                throw wrong("unknown key '" + key + "'; known are " + String.join(", ", known));
              }
            });
    return this;
  }

  String text() {
    if (!value.isValueNode() || value.isNull()) {
      throw wrong(present() ? "write one value, not a block" : "is missing");
    }
    return value.asText();
  }

  String text(String otherwise) {
    return present() ? text() : otherwise;
  }

  List<Node> list() {
    if (!present()) {
      return List.of();
    }
    if (!value.isArray()) {
      throw wrong("write a list");
    }
    List<Node> nodes = new ArrayList<>();
    for (int i = 0; i < value.size(); i++) {
      nodes.add(new Node(place + "[" + i + "]", value.get(i)));
    }
    return nodes;
  }

  Map<String, Node> fields() {
    if (!present()) {
      return Map.of();
    }
    if (!value.isObject()) {
      throw wrong("write a block of keys and values");
    }
    Map<String, Node> nodes = new LinkedHashMap<>();
    value
        .properties()
        .forEach(
            field ->
                nodes.put(
                    field.getKey(), new Node(place + "." + field.getKey(), field.getValue())));
    return nodes;
  }
}
