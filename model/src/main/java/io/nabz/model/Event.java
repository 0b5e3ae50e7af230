package io.nabz.model;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * One thing that happened at a touchpoint: a CloudEvents 1.0 event. {@code (source, id)} identifies
 * it; a second arrival of the pair changes nothing.
 *
 * @param type dotted lower-case name, e.g. {@code contact.connected}; unknown types are kept
 * @param time when it happened, not when it came
 * @param subject the customer id, or null
 * @param data what the type says, including {@code identifiers}; never null, possibly empty
 */
public record Event(
    String tenant,
    String source,
    String id,
    String type,
    Instant time,
    String subject,
    ObjectNode data) {

  public Event {
    requireNonNull(tenant, "tenant is null");
    requireNonNull(source, "source is null");
    requireNonNull(id, "id is null");
    requireNonNull(type, "type is null");
    requireNonNull(time, "time is null");
    requireNonNull(data, "data is null");
    tenant = SharedText.of(tenant);
    source = SharedText.of(source);
    type = SharedText.of(type);
  }

  /**
   * The same; of a sender whose clock runs ahead, as if it had happened when it came.
   *
   * @param receivedAt when the broker had it
   */
  public Event notAfter(Instant receivedAt) {
    return time.isAfter(receivedAt)
        ? new Event(tenant, source, id, type, receivedAt, subject, data)
        : this;
  }

  /** A scalar of {@code data} as text, or null when it is absent, null or not a scalar. */
  public String text(String field) {
    return SharedText.of(text(data.get(field)));
  }

  /** The raw value of {@code data.identifiers[type]}, or null; of one person, so never shared. */
  public String identifier(IdentifierType identifierType) {
    return text(data.path("identifiers").get(identifierType.code()));
  }

  private static String text(JsonNode node) {
    if (node == null || node.isNull() || node.isContainerNode()) {
      return null;
    }
    String text = node.asText();
    return text.isBlank() ? null : text;
  }

  /** The event in structured JSON form, as it stands in the topic. */
  public byte[] toBytes() {
    ObjectNode root = Json.mapper().createObjectNode();
    root.put("specversion", "1.0").put("id", id).put("source", source).put("type", type);
    root.put("time", time.toString());
    if (subject != null) {
      root.put("subject", subject);
    }
    if (!tenant.equals(CustomerKey.DEFAULT_TENANT)) {
      root.put("tenant", tenant);
    }
    root.set("data", data);
    return Json.bytes(root);
  }
}
