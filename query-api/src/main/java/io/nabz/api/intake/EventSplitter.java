package io.nabz.api.intake;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.nabz.model.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Cuts a body into the bytes of its events, so that each can be judged, sized and kept alone. */
public final class EventSplitter {
  /** More events than this in a body are refused; it bounds what one request can set off. */
  public static final int MAX_EVENTS = 50_000;

  private EventSplitter() {}

  /** The ways to write events into a body. */
  public enum Form {
    /** One object. */
    SINGLE,
    /** One array of objects. */
    ARRAY,
    /** One object or one array. */
    SINGLE_OR_ARRAY,
    /** One object a line. */
    LINES
  }

  /** The body as a whole is not what it should be. The message says what to send. */
  public static final class BodyException extends Exception {
    private static final long serialVersionUID = 1L;

    BodyException(String message) {
      super(message, null, false, false);
    }
  }

  public static List<byte[]> split(byte[] body, Form form) throws BodyException {
    return switch (form) {
      case SINGLE -> List.of(body);
      case ARRAY -> array(body);
      case SINGLE_OR_ARRAY -> firstMeaning(body) == '[' ? array(body) : List.of(body);
      case LINES -> lines(body);
    };
  }

  private static int firstMeaning(byte[] body) {
    for (byte b : body) {
      if (b != ' ' && b != '\t' && b != '\r' && b != '\n') {
        return b;
      }
    }
    return -1;
  }

  private static List<byte[]> array(byte[] body) throws BodyException {
    List<byte[]> events = new ArrayList<>();
    if (firstMeaning(body) != '[') {
      throw new BodyException("the body is not an array; send [{...}, {...}]");
    }
    try (JsonParser parser = Json.mapper().getFactory().createParser(body)) {
      parser.nextToken();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        long from = parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
          // Strings are read lazily; the end of this one is known once it is.
          parser.getTextLength();
        }
        long to = parser.currentLocation().getByteOffset();
        if (from < 0 || to < from) {
          throw new BodyException("the body is not UTF-8; send it in UTF-8");
        }
        add(events, Arrays.copyOfRange(body, (int) from, (int) to));
      }
      if (parser.nextToken() != null) {
        throw new BodyException("there is more after the array; send one array");
      }
    } catch (JsonProcessingException e) {
      throw new BodyException(
          e.getLocation() == null
              ? "the array is not JSON; send [{...}, {...}]"
              : "the array is not JSON at line %d, column %d; nothing of it was taken"
                  .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr()));
    } catch (IOException e) {
      throw new BodyException("the body is not readable as UTF-8 JSON; send [{...}, {...}]");
    }
    if (events.isEmpty()) {
      throw new BodyException("the array is empty; send at least one event");
    }
    return events;
  }

  private static List<byte[]> lines(byte[] body) throws BodyException {
    List<byte[]> events = new ArrayList<>();
    int from = 0;
    for (int at = 0; at <= body.length; at++) {
      if (at == body.length || body[at] == '\n') {
        byte[] line = Arrays.copyOfRange(body, from, at);
        if (firstMeaning(line) >= 0) {
          add(events, line);
        }
        from = at + 1;
      }
    }
    if (events.isEmpty()) {
      throw new BodyException("the body is empty; send one event on each line");
    }
    return events;
  }

  private static void add(List<byte[]> events, byte[] event) throws BodyException {
    if (events.size() == MAX_EVENTS) {
      throw new BodyException("over " + MAX_EVENTS + " events; send them in several requests");
    }
    events.add(event);
  }
}
