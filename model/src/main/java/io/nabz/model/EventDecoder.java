package io.nabz.model;

import static io.nabz.model.Refusal.Reason.BAD_DATA;
import static io.nabz.model.Refusal.Reason.FUTURE_TIME;
import static io.nabz.model.Refusal.Reason.NOT_AN_EVENT;
import static io.nabz.model.Refusal.Reason.NOT_JSON;
import static io.nabz.model.Refusal.Reason.NO_CUSTOMER;
import static io.nabz.model.Refusal.Reason.NO_TIME;
import static io.nabz.model.Refusal.Reason.NO_TYPE;
import static io.nabz.model.Refusal.Reason.TOO_LARGE;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/**
 * Decides whether bytes are an event that can be used. The API asks it before it accepts, the
 * stream asks it again for what other producers wrote, so both refuse the same things in the same
 * words.
 */
public final class EventDecoder {
  public static final int MAX_EVENT_BYTES = 256 * 1024;
  public static final Duration MAX_AHEAD = Duration.ofHours(24);
  private static final int MAX_ID_CHARS = 1024;

  /** Either an event or the reason why there is none; exactly one of the two is null. */
  public record Result(Event event, Refusal refusal) {
    private static Result refused(Refusal.Reason reason, String detail) {
      return new Result(null, new Refusal(reason, detail));
    }
  }

  private final CustomerResolver resolver;

  public EventDecoder(CustomerResolver resolver) {
    this.resolver = requireNonNull(resolver, "resolver is null");
  }

  /**
   * @param receivedAt when the event arrived; what "too far ahead" is measured against
   */
  public Result decode(byte[] bytes, Instant receivedAt) {
    if (bytes == null || bytes.length == 0) {
      return Result.refused(NOT_JSON, "the record is empty; send one CloudEvents JSON object");
    }
    if (bytes.length > MAX_EVENT_BYTES) {
      return tooLarge();
    }
    try {
      return decode(Json.tree(bytes), receivedAt);
    } catch (JsonProcessingException e) {
      return Result.refused(
          NOT_JSON,
          "not JSON at line %d, column %d; send one CloudEvents JSON object"
              .formatted(
                  e.getLocation() == null ? 1 : e.getLocation().getLineNr(),
                  e.getLocation() == null ? 1 : e.getLocation().getColumnNr()));
    } catch (IOException e) {
      return Result.refused(
          NOT_JSON, "not readable as UTF-8 JSON; send one CloudEvents JSON object");
    }
  }

  /** The same for a document that is already parsed; its size is the caller's to check. */
  public Result decode(JsonNode root, Instant receivedAt) {
    if (!(root instanceof ObjectNode)) {
      return Result.refused(NOT_AN_EVENT, "not a JSON object; send one CloudEvents JSON object");
    }
    if (!"1.0".equals(root.path("specversion").asText())) {
      return Result.refused(NOT_AN_EVENT, "specversion is not 1.0; send \"specversion\": \"1.0\"");
    }
    String id = nonBlank(root, "id");
    String source = nonBlank(root, "source");
    if (id == null || source == null) {
      return Result.refused(
          NOT_AN_EVENT,
          "%s is missing; send it as a non-empty string, the pair (source, id) tells events apart"
              .formatted(id == null ? "id" : "source"));
    }
    String type = nonBlank(root, "type");
    if (type == null) {
      return Result.refused(NO_TYPE, "type is missing; send e.g. \"type\": \"contact.initiated\"");
    }
    if (id.length() > MAX_ID_CHARS || source.length() > MAX_ID_CHARS || type.length() > 256) {
      return Result.refused(
          NOT_AN_EVENT, "id and source may have 1024 characters at most, type 256");
    }
    Instant time = time(root.get("time"));
    if (time == null) {
      return Result.refused(
          NO_TIME, "time is missing or not RFC 3339; send e.g. \"time\": \"2026-11-22T10:15:30Z\"");
    }
    if (time.isAfter(receivedAt.plus(MAX_AHEAD))) {
      return Result.refused(FUTURE_TIME, "time is more than 24 h ahead; check the sender's clock");
    }
    String tenant =
        root.hasNonNull("tenant") ? root.get("tenant").asText() : CustomerKey.DEFAULT_TENANT;
    if (!CustomerKey.isTenant(tenant)) {
      return Result.refused(
          NOT_AN_EVENT, "tenant must be 1 to 64 of letters, digits, '.', '-' and '_'");
    }
    JsonNode data = root.get("data");
    if (data != null && !data.isNull() && !data.isObject()) {
      return Result.refused(BAD_DATA, "data is not an object; send \"data\": {...}");
    }
    ObjectNode object = data instanceof ObjectNode node ? node : Json.mapper().createObjectNode();
    Event event = new Event(tenant, source, id, type, time, nonBlank(root, "subject"), object);
    if (!EventTypes.isCustomerless(type) && resolver.resolve(event) == null) {
      return Result.refused(
          NO_CUSTOMER,
          "no customer; send \"subject\" or at least one of data.identifiers"
              + " (customerId, loyaltyId, phone, email, nationalId, social, deviceId, anonymousId,"
              + " sessionId)");
    }
    return new Result(event, null);
  }

  /**
   * Reads an event that {@link #decode} has accepted before.
   *
   * @throws IllegalArgumentException when it has not
   */
  public static Event trusted(byte[] bytes) {
    try {
      JsonNode root = Json.tree(bytes);
      return new Event(
          root.path("tenant").asText(CustomerKey.DEFAULT_TENANT),
          root.get("source").textValue(),
          root.get("id").textValue(),
          root.get("type").textValue(),
          time(root.get("time")),
          nonBlank(root, "subject"),
          root.get("data") instanceof ObjectNode data ? data : Json.mapper().createObjectNode());
    } catch (IOException | NullPointerException e) {
      throw new IllegalArgumentException("not an event that was accepted before", e);
    }
  }

  public static Result tooLarge() {
    return Result.refused(TOO_LARGE, "the event is over 256 KiB; send less text in it");
  }

  private static String nonBlank(JsonNode root, String field) {
    JsonNode node = root.get(field);
    return node != null && node.isTextual() && !node.textValue().isBlank()
        ? node.textValue()
        : null;
  }

  private static Instant time(JsonNode node) {
    if (node == null || !node.isTextual()) {
      return null;
    }
    try {
      return Rfc3339.parse(node.textValue());
    } catch (DateTimeException e) {
      return null;
    }
  }
}
