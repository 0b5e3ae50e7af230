package io.nabz.api.live;

import static java.util.Objects.requireNonNull;

import io.nabz.model.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** One server-sent event, encoded once and shared by all who get it. */
public final class Frame {
  private final byte[] bytes;

  private Frame(String id, String event, String json) {
    // JSON has no raw line break, so one data line holds it whole.
    StringBuilder text = new StringBuilder(json.length() + 64);
    if (id != null) {
      text.append("id: ").append(id).append('\n');
    }
    text.append("event: ").append(requireNonNull(event, "event is null")).append('\n');
    text.append("data: ").append(json).append("\n\n");
    this.bytes = text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * @param id for {@code Last-Event-ID}, or null
   */
  public static Frame of(String id, String event, Object data) {
    return new Frame(id, event, Json.string(data));
  }

  /** The same of JSON that is written already; line breaks in it are folded away. */
  public static Frame ofJson(String id, String event, byte[] json) {
    String text = new String(json, StandardCharsets.UTF_8);
    // Pretty-printed JSON has line breaks only between tokens, where a space does as well.
    return new Frame(id, event, text.replace('\n', ' ').replace('\r', ' '));
  }

  static Frame heartbeat(String id, Instant at) {
    return new Frame(id, "heartbeat", "{\"at\":\"" + at + "\"}");
  }

  byte[] bytes() {
    return bytes;
  }

  @Override
  public String toString() {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
