package io.nabz.api.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nabz.model.EventDecoder;
import io.nabz.model.Json;
import io.nabz.model.Refusal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/** CloudEvents in binary mode: the attributes in {@code ce-*} headers, the body is the data. */
public final class BinaryMode {
  private static final String PREFIX = "ce-";

  private BinaryMode() {}

  /** Whether a header of the request is one of an event in binary mode. */
  public static boolean isAttribute(String header) {
    return header.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
  }

  /**
   * The structured form of the event.
   *
   * @param headers of the request; those that are no attributes are passed over
   * @param body JSON, or nothing
   */
  public static Incoming read(Map<String, String> headers, byte[] body) {
    if (body.length > EventDecoder.MAX_EVENT_BYTES) {
      return Incoming.refused(EventDecoder.tooLarge().refusal());
    }
    ObjectNode event = Json.mapper().createObjectNode();
    headers.forEach(
        (name, value) -> {
          if (isAttribute(name)) {
            event.put(name.substring(PREFIX.length()).toLowerCase(Locale.ROOT), decoded(value));
          }
        });
    if (body.length == 0) {
      return Incoming.of(event);
    }
    try {
      JsonNode data = Json.tree(body);
      event.set("data", data);
      return Incoming.of(event);
    } catch (JsonProcessingException e) {
      return Incoming.refused(
          Refusal.Reason.NOT_JSON, "the body is not JSON; with ce-* headers it is the data alone");
    } catch (IOException e) {
      return Incoming.refused(
          Refusal.Reason.NOT_JSON, "the body is not readable as UTF-8 JSON; send the data alone");
    }
  }

  /** Header values are percent-encoded UTF-8; a stray percent sign stands for itself. */
  private static String decoded(String value) {
    if (value.indexOf('%') < 0) {
      return value;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(value.length());
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      int high =
          c == '%' && i + 2 <= value.length() - 1 ? Character.digit(value.charAt(i + 1), 16) : -1;
      int low = high < 0 ? -1 : Character.digit(value.charAt(i + 2), 16);
      if (low >= 0) {
        bytes.write((high << 4) | low);
        i += 2;
      } else {
        bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
