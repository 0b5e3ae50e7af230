package io.nabz.api.segment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cel.common.types.CelType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import io.nabz.api.intake.Incoming;
import io.nabz.api.mapping.Rules;
import io.nabz.model.EventTypes;
import io.nabz.model.Json;
import io.nabz.model.Refusal.Reason;
import io.nabz.model.StableHash;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** What the calls of a Segment library become in our catalogue. */
public final class SegmentEvents {
  public static final int MAX_CALL_BYTES = 32 * 1024;
  public static final int MAX_BATCH_BYTES = 500 * 1024;
  private static final int MAX_NAME_CHARS = 200;

  private static final Map<String, CelType> PARTS =
      Map.of(
          "event", SimpleType.STRING,
          "properties", MapType.create(SimpleType.STRING, SimpleType.DYN),
          "context", MapType.create(SimpleType.STRING, SimpleType.DYN));

  private final Rules track = load();

  private static Rules load() {
    try (InputStream in = SegmentEvents.class.getResourceAsStream("track.yaml")) {
      return Rules.ofYaml(in, PARTS);
    } catch (IOException e) {
      throw new UncheckedIOException("track.yaml is not on the class path", e);
    }
  }

  /**
   * The event of one call.
   *
   * @param bytes of the call, JSON
   * @param named the call of the path, or null for that of the call's own {@code type}
   * @param source the feed, as its key names it
   */
  public Incoming read(byte[] bytes, SegmentCall named, String source, SegmentClock clock) {
    if (bytes.length > MAX_CALL_BYTES) {
      return Incoming.refused(Reason.TOO_LARGE, "the call is over 32 KB; send less in it");
    }
    JsonNode call;
    try {
      call = Json.tree(bytes);
    } catch (IOException e) {
      return Incoming.refused(Reason.NOT_JSON, "the call is not JSON; send one object");
    }
    if (!call.isObject()) {
      return Incoming.refused(Reason.NOT_AN_EVENT, "the call is not a JSON object; send {...}");
    }
    SegmentCall kind = named != null ? named : SegmentCall.ofOrNull(call.path("type").asText());
    if (kind == null) {
      return Incoming.refused(
          Reason.NO_TYPE, "type is not one of track, identify, page, screen, group, alias");
    }
    Instant time = clock.timeOf(call);
    if (time == null) {
      return Incoming.refused(
          Reason.NO_TIME, "timestamp is not RFC 3339; send e.g. 2026-11-22T10:15:30Z, or none");
    }
    ObjectNode data = Json.mapper().createObjectNode();
    String type = fill(data, kind, call);
    if (type == null) {
      return Incoming.refused(Reason.BAD_DATA, missing(kind));
    }
    SegmentIdentity.add(data, kind, call);
    if (data.path("identifiers").isEmpty()) {
      return Incoming.refused(Reason.NO_CUSTOMER, "send userId or anonymousId");
    }
    ObjectNode event = Json.mapper().createObjectNode();
    event.put("specversion", "1.0");
    event.put("id", id(bytes, call));
    event.put("source", "/segment/" + source);
    event.put("type", type);
    event.put("time", time.toString());
    String userId = text(call, "userId");
    if (userId != null) {
      event.put("subject", userId);
    }
    event.set("data", data);
    return Incoming.of(event);
  }

  /** Fills the data; returns the type, or null when something that the call needs is missing. */
  private String fill(ObjectNode data, SegmentCall kind, JsonNode call) {
    String channel = SegmentChannel.of(kind, call);
    if (channel != null) {
      data.put("channel", channel);
    }
    switch (kind) {
      case TRACK -> {
        return track(data, call);
      }
      case IDENTIFY -> {
        data.set("attributes", SegmentIdentity.attributes(call));
        return EventTypes.PROFILE_UPDATED;
      }
      case PAGE -> {
        put(data, "url", call, "/properties/url", "/context/page/url");
        put(data, "title", call, "/properties/title", "/name", "/context/page/title");
        put(data, "topic", call, "/category", "/properties/category");
        keepProperties(data, call);
        return EventTypes.PAGE_VIEWED;
      }
      case SCREEN -> {
        put(data, "title", call, "/name", "/properties/name");
        put(data, "topic", call, "/category", "/properties/category");
        keepProperties(data, call);
        return EventTypes.SCREEN_VIEWED;
      }
      case GROUP -> {
        String group = text(call, "groupId");
        data.put("customer", group).put("kind", "group");
        return group == null ? null : EventTypes.RELATIONSHIP_LINKED;
      }
      default -> {
        return text(call, "previousId") == null ? null : "identity.linked";
      }
    }
  }

  private String track(ObjectNode data, JsonNode call) {
    String name = text(call, "event");
    if (name == null || name.length() > MAX_NAME_CHARS) {
      return null;
    }
    keepProperties(data, call);
    Rules.Outcome outcome = track.of(call);
    if (outcome == null) {
      data.put("name", name);
      return "track." + snake(name);
    }
    if (outcome.data() != null) {
      data.setAll(outcome.data());
    }
    return outcome.type();
  }

  private static String missing(SegmentCall kind) {
    return switch (kind) {
      case TRACK -> "event is missing or over 200 characters; send the name of what happened";
      case GROUP -> "groupId is missing; send the id of the group";
      default -> "previousId is missing; send the anonymousId of before";
    };
  }

  /** What a library numbered stays; what it did not is told apart by what it says. */
  private static String id(byte[] bytes, JsonNode call) {
    String messageId = text(call, "messageId");
    if (messageId != null) {
      return messageId;
    }
    boolean timed = call.hasNonNull("timestamp") || call.hasNonNull("originalTimestamp");
    // Two equal calls without a time may well be two clicks.
    return timed
        ? StableHash.id(new String(bytes, java.nio.charset.StandardCharsets.UTF_8))
        : UUID.randomUUID().toString();
  }

  private static void keepProperties(ObjectNode data, JsonNode call) {
    if (call.path("properties").isObject()) {
      data.set("properties", call.get("properties"));
    }
  }

  private static void put(ObjectNode data, String field, JsonNode call, String... pointers) {
    for (String pointer : pointers) {
      JsonNode found = call.at(pointer);
      if (found.isTextual() && !found.textValue().isBlank()) {
        data.set(field, found);
        return;
      }
    }
  }

  /** A scalar as text, or null; some libraries send numbers as ids. */
  static String text(JsonNode node, String field) {
    JsonNode found = node.path(field);
    if (!found.isTextual() && !found.isNumber()) {
      return null;
    }
    String text = found.asText();
    return text.isBlank() ? null : text;
  }

  /** Letters and digits of any script, in lower case, with one underscore for all else. */
  private static String snake(String name) {
    StringBuilder snake = new StringBuilder(name.length());
    name.toLowerCase(Locale.ROOT)
        .codePoints()
        .forEach(
            c -> {
              if (Character.isLetterOrDigit(c)) {
                snake.appendCodePoint(c);
              } else if (!snake.isEmpty() && snake.charAt(snake.length() - 1) != '_') {
                snake.append('_');
              }
            });
    return snake.isEmpty() ? "unnamed" : snake.toString();
  }
}
