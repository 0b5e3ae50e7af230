package io.nabz.customer;

import com.fasterxml.jackson.databind.JsonNode;
import io.nabz.customer.state.Profile;
import io.nabz.model.EventTypes;
import io.nabz.model.Identifier;
import io.nabz.model.IdentifierNormaliser;
import io.nabz.model.IdentifierType;
import java.util.HashMap;
import java.util.Map;

/** Who the customer is: identifiers of every event, attributes of the CRM's updates. */
final class Profiles {
  private Profiles() {}

  static void apply(Step step, IdentifierNormaliser normaliser) {
    Profile profile = step.state().profile;
    if (step.event().type().equals(EventTypes.IDENTITY_SPLIT)) {
      // It names what is not the customer's.
      return;
    }
    JsonNode identifiers = step.event().data().path("identifiers");
    for (Map.Entry<String, JsonNode> entry : identifiers.properties()) {
      IdentifierType type = IdentifierType.ofOrNull(entry.getKey());
      if (type == null || type == IdentifierType.CUSTOMER_ID || !entry.getValue().isValueNode()) {
        continue;
      }
      Identifier identifier = normalised(profile, type, entry.getValue().asText(), normaliser);
      if (identifier != null && identifier.value().length() <= Profile.MAX_VALUE_CHARS) {
        profile.addIdentifier(type.code(), identifier.value(), step.timeMs());
        profile.updatedAtMs = Math.max(profile.updatedAtMs, step.timeMs());
      }
    }
    if (step.event().type().equals(EventTypes.PROFILE_UPDATED)) {
      attributes(profile, step.event().data().path("attributes"), step.timeMs());
    }
  }

  /** A number that is known in E.164 needs no second parsing: it is what parsing gives. */
  private static Identifier normalised(
      Profile profile, IdentifierType type, String text, IdentifierNormaliser normaliser) {
    boolean known =
        type == IdentifierType.PHONE && text.startsWith("+") && profile.has(type.code(), text);
    return known ? new Identifier(type, text) : normaliser.normalise(type, text);
  }

  /** Each attribute as the newest update had it, whatever the order of arrival. */
  private static void attributes(Profile profile, JsonNode attributes, long at) {
    if (profile.attributeTimes == null) {
      profile.attributeTimes = new HashMap<>();
    }
    for (Map.Entry<String, JsonNode> entry : attributes.properties()) {
      String name = entry.getKey();
      if (!entry.getValue().isValueNode() || name.length() > Matters.MAX_CHARS) {
        continue;
      }
      Long saidAt = profile.attributeTimes.get(name);
      String known = profile.attributes.get(name);
      boolean room = profile.attributeTimes.size() < Profile.MAX_ATTRIBUTES;
      if (saidAt == null ? !room && known == null : at < saidAt) {
        continue;
      }
      String value =
          entry.getValue().isNull()
              ? null
              : Sentiments.cut(entry.getValue().asText(), Profile.MAX_VALUE_CHARS);
      boolean tie = saidAt != null && at == saidAt;
      if (tie && (value == null || (known != null && value.compareTo(known) <= 0))) {
        continue;
      }
      profile.attributeTimes.put(name, at);
      if (value == null) {
        profile.attributes.remove(name);
      } else {
        profile.attributes.put(name, value);
      }
    }
    profile.attributesAtMs = Math.max(profile.attributesAtMs, at);
    profile.updatedAtMs = Math.max(profile.updatedAtMs, at);
  }
}
