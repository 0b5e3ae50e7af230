package io.nabz.customer;

import com.fasterxml.jackson.databind.JsonNode;
import io.nabz.customer.state.Profile;
import io.nabz.model.EventTypes;
import io.nabz.model.Identifier;
import io.nabz.model.IdentifierNormaliser;
import io.nabz.model.IdentifierType;
import java.util.Map;

/** Who the customer is: identifiers of every event, attributes of the CRM's updates. */
final class Profiles {
  private Profiles() {}

  static void apply(Step step, IdentifierNormaliser normaliser) {
    Profile profile = step.state().profile;
    JsonNode identifiers = step.event().data().path("identifiers");
    for (Map.Entry<String, JsonNode> entry : identifiers.properties()) {
      IdentifierType type = IdentifierType.ofOrNull(entry.getKey());
      if (type == null || type == IdentifierType.CUSTOMER_ID || !entry.getValue().isValueNode()) {
        continue;
      }
      Identifier identifier = normaliser.normalise(type, entry.getValue().asText());
      if (identifier != null && identifier.value().length() <= Profile.MAX_VALUE_CHARS) {
        profile.addIdentifier(type.code(), identifier.value());
        profile.updatedAtMs = Math.max(profile.updatedAtMs, step.timeMs());
      }
    }
    if (step.event().type().equals(EventTypes.PROFILE_UPDATED)) {
      attributes(profile, step.event().data().path("attributes"), step.timeMs());
    }
  }

  private static void attributes(Profile profile, JsonNode attributes, long at) {
    boolean newer = at >= profile.attributesAtMs;
    for (Map.Entry<String, JsonNode> entry : attributes.properties()) {
      String name = entry.getKey();
      if (!entry.getValue().isValueNode() || name.length() > Profile.MAX_VALUE_CHARS) {
        continue;
      }
      boolean known = profile.attributes.containsKey(name);
      if (newer && entry.getValue().isNull()) {
        profile.attributes.remove(name);
      } else if (known ? newer : profile.attributes.size() < Profile.MAX_ATTRIBUTES) {
        profile.attributes.put(
            name, Sentiments.cut(entry.getValue().asText(), Profile.MAX_VALUE_CHARS));
      }
    }
    profile.attributesAtMs = Math.max(profile.attributesAtMs, at);
    profile.updatedAtMs = Math.max(profile.updatedAtMs, at);
  }
}
