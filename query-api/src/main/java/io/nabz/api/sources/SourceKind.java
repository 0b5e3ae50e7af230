package io.nabz.api.sources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cel.common.types.CelType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import io.nabz.api.intake.Incoming;
import io.nabz.api.mapping.MappingException;
import io.nabz.api.mapping.Rules;
import io.nabz.api.mapping.Template;
import io.nabz.model.Json;
import io.nabz.model.Refusal.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the payloads of a kind of system become, as a document declares it: who signs how, what
 * tells a delivery apart, when it happened, and which rows make which events. Pointers go into
 * {@code {headers: {lower-case name: value}, body: ...}}.
 */
public final class SourceKind {
  private static final Set<String> FIELDS =
      Set.of("signature", "ping", "id", "time", "subject", "identifiers", "shared", "rows");

  /** What conditions in CEL may ask for: headers are texts, the body is what the sender sends. */
  private static final Map<String, CelType> PARTS =
      Map.of(
          "headers", MapType.create(SimpleType.STRING, SimpleType.STRING), "body", SimpleType.DYN);

  private static final int MAX_PING_BYTES = 100;

  private final Signature signature;
  private final String ping;
  private final Template id;
  private final Template time;
  private final Template subject;
  private final Template identifiers;
  private final Rules rules;

  private SourceKind(JsonNode document) {
    for (Map.Entry<String, JsonNode> field : document.properties()) {
      if (!FIELDS.contains(field.getKey())) {
        throw new MappingException("'" + field.getKey() + "' is not one of " + FIELDS);
      }
    }
    this.signature = document.has("signature") ? Signature.read(document.get("signature")) : null;
    this.ping = document.path("ping").asText(null);
    this.id = required(document, "id");
    this.time = required(document, "time");
    this.subject =
        document.has("subject") ? Template.read(document.get("subject"), "subject") : null;
    this.identifiers = required(document, "identifiers");
    this.rules = new Rules(document, PARTS);
  }

  /**
   * @throws MappingException naming the place that is wrong
   */
  public static SourceKind read(InputStream yaml) throws IOException {
    return new SourceKind(Rules.yaml(yaml));
  }

  /** How it is signed; null if the sender shows a key instead. */
  public Signature signature() {
    return signature;
  }

  /** Whether the body only asks whether somebody is there; such a one is not signed. */
  public boolean isPing(byte[] body) {
    return ping != null
        && body.length <= MAX_PING_BYTES
        && new String(body, StandardCharsets.UTF_8).startsWith(ping);
  }

  /**
   * The event of a payload; none, without a refusal, when it is a sign of life or nothing to us.
   *
   * @param headers by lower-case name
   */
  public Incoming read(String source, Map<String, String> headers, byte[] body) {
    ObjectNode payload = Json.mapper().createObjectNode();
    try {
      payload.set("body", Json.tree(body));
    } catch (IOException e) {
      return Incoming.refused(Reason.NOT_JSON, "the body is not JSON; send the payload as JSON");
    }
    ObjectNode named = payload.putObject("headers");
    headers.forEach(named::put);
    Rules.Outcome outcome = rules.of(payload);
    if (outcome == null || outcome.type() == null) {
      return new Incoming(List.of(), null);
    }
    JsonNode eventId = id.of(payload);
    JsonNode at = time.of(payload);
    if (eventId == null || at == null) {
      return Incoming.refused(
          Reason.NOT_AN_EVENT, "the payload has nothing where its id or its time should be");
    }
    ObjectNode event = Json.mapper().createObjectNode();
    event.put("specversion", "1.0");
    event.put("id", eventId.asText());
    event.put("source", "/sources/" + source);
    event.put("type", outcome.type());
    event.put("time", at.asText());
    JsonNode customer = subject == null ? null : subject.of(payload);
    if (customer != null) {
      event.put("subject", customer.asText());
    }
    ObjectNode data =
        outcome.data() == null ? Json.mapper().createObjectNode() : outcome.data().deepCopy();
    JsonNode handles = identifiers.of(payload);
    if (handles != null) {
      data.set("identifiers", handles);
    }
    event.set("data", data);
    return Incoming.of(event);
  }

  private static Template required(JsonNode document, String field) {
    if (!document.has(field)) {
      throw new MappingException(field + " is missing");
    }
    return Template.read(document.get(field), field);
  }
}
