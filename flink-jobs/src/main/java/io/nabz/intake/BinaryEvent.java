package io.nabz.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nabz.model.Json;
import io.nabz.model.Refusal;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A CloudEvent in binary mode, brought into the structured form that everything behind the way in
 * speaks. From there on the two are one: also a dead letter of it is the structured form, which
 * holds the attributes too.
 *
 * @param structured the event; null if there is none
 * @param refusal why there is none; null if there is
 */
public record BinaryEvent(byte[] structured, Refusal refusal) {
  /** No attribute may be called so: what they name is what the record's value holds. */
  private static final Set<String> NO_ATTRIBUTES = Set.of("data", "data_base64");

  /**
   * @param attributes without the prefix that headers have
   * @param contentType of the data; null for JSON
   * @param data what the event says; null or empty for nothing
   */
  public static BinaryEvent of(Map<String, String> attributes, String contentType, byte[] data) {
    ObjectNode event = Json.mapper().createObjectNode();
    attributes.forEach(
        (name, value) -> {
          if (!NO_ATTRIBUTES.contains(name)) {
            event.put(name.toLowerCase(Locale.ROOT), value);
          }
        });
    if (data == null || data.length == 0) {
      return new BinaryEvent(Json.bytes(event), null);
    }
    if (contentType != null && !isJson(contentType)) {
      return refused(
          Refusal.Reason.BAD_DATA,
          "the data's content-type is not JSON; send application/json and an object");
    }
    try {
      event.set("data", Json.tree(data));
      return new BinaryEvent(Json.bytes(event), null);
    } catch (JsonProcessingException e) {
      return refused(
          Refusal.Reason.NOT_JSON, "the value is not JSON; with ce_ headers it is the data alone");
    } catch (IOException e) {
      return refused(
          Refusal.Reason.NOT_JSON, "the value is not readable as UTF-8 JSON; send the data alone");
    }
  }

  private static boolean isJson(String contentType) {
    String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return type.endsWith("/json") || type.endsWith("+json");
  }

  private static BinaryEvent refused(Refusal.Reason reason, String detail) {
    return new BinaryEvent(null, new Refusal(reason, detail));
  }
}
