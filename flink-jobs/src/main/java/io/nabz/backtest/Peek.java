package io.nabz.backtest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.nabz.model.CustomerKey;
import io.nabz.model.Json;
import io.nabz.model.Rfc3339;
import java.io.IOException;
import java.time.DateTimeException;

/** What must be known of an event to see whether it matters; nothing of its data is read. */
record Peek(String tenant, String type, String subject, String time) {
  static final long NEVER = Long.MIN_VALUE;

  /** Null for what is no JSON object. */
  static Peek at(byte[] bytes) {
    String tenant = CustomerKey.DEFAULT_TENANT;
    String type = null;
    String subject = null;
    String time = null;
    try (JsonParser in = Json.mapper().getFactory().createParser(bytes)) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        String name = in.currentName();
        JsonToken value = in.nextToken();
        if (value == JsonToken.VALUE_STRING) {
          switch (name) {
            case "tenant" -> tenant = in.getText();
            case "type" -> type = in.getText();
            case "subject" -> subject = in.getText();
            case "time" -> time = in.getText();
            default -> {
              // Another field.
            }
          }
        } else {
          in.skipChildren();
        }
      }
    } catch (IOException e) {
      return null;
    }
    return new Peek(tenant, type, subject == null || subject.isBlank() ? null : subject, time);
  }

  /** In epoch milliseconds; {@link #NEVER} where the event says none that can be read. */
  long timeMs() {
    try {
      return time == null ? NEVER : Rfc3339.parse(time).toEpochMilli();
    } catch (DateTimeException e) {
      return NEVER;
    }
  }
}
