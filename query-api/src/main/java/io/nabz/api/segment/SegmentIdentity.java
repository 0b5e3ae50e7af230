package io.nabz.api.segment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nabz.model.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Who a call is about. An alias links the earlier id as a weak identifier and never merges two
 * customers: the keys of pages are public, and a merge takes more trust than they have.
 */
final class SegmentIdentity {
  /** Traits under the name that our profile has for them; all other scalars keep theirs. */
  private static final Map<String, String> RENAMED =
      Map.of("birthday", "birthDate", "createdAt", "customerSince");

  private SegmentIdentity() {}

  static void add(ObjectNode data, SegmentCall kind, JsonNode call) {
    ObjectNode identifiers = Json.mapper().createObjectNode();
    put(identifiers, "customerId", SegmentEvents.text(call, "userId"));
    put(identifiers, "anonymousId", SegmentEvents.text(call, "anonymousId"));
    put(identifiers, "deviceId", SegmentEvents.text(call.at("/context/device"), "id"));
    if (kind == SegmentCall.ALIAS) {
      put(identifiers, "anonymousId", SegmentEvents.text(call, "previousId"));
    }
    if (kind == SegmentCall.IDENTIFY) {
      JsonNode traits = traits(call);
      put(identifiers, "email", SegmentEvents.text(traits, "email"));
      put(identifiers, "phone", SegmentEvents.text(traits, "phone"));
    }
    data.set("identifiers", identifiers);
  }

  /** The scalar traits, without those that are identifiers; the address as one line. */
  static ObjectNode attributes(JsonNode call) {
    ObjectNode attributes = Json.mapper().createObjectNode();
    JsonNode traits = traits(call);
    for (Map.Entry<String, JsonNode> trait : traits.properties()) {
      String name = trait.getKey();
      if (trait.getValue().isValueNode() && !name.equals("email") && !name.equals("phone")) {
        attributes.set(RENAMED.getOrDefault(name, name), trait.getValue());
      }
    }
    JsonNode address = traits.path("address");
    List<String> line = new ArrayList<>();
    for (String part : List.of("street", "city", "state", "postalCode", "country")) {
      String text = SegmentEvents.text(address, part);
      if (text != null) {
        line.add(text);
      }
    }
    if (!line.isEmpty()) {
      attributes.put("address", String.join(", ", line));
    }
    put(attributes, "city", SegmentEvents.text(address, "city"));
    String locale = SegmentEvents.text(call.path("context"), "locale");
    if (locale != null && !attributes.has("language")) {
      attributes.put("language", locale.split("[-_]", 2)[0]);
    }
    return attributes;
  }

  private static JsonNode traits(JsonNode call) {
    return call.hasNonNull("traits") ? call.get("traits") : call.at("/context/traits");
  }

  private static void put(ObjectNode to, String field, String value) {
    if (value != null) {
      to.put(field, value);
    }
  }
}
