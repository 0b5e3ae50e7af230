package io.nabz.customer;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import io.nabz.model.Rfc3339;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Fields of an object as the contract writes them; what is null is left out. Each name is encoded
 * once: a snapshot has a hundred of them, and their letters need no second look.
 */
final class Fields {
  private static final Map<String, SerializedString> NAMES = new ConcurrentHashMap<>();

  private Fields() {}

  /**
   * @param name a constant of the contract, never what an event says: names are kept for ever
   */
  static void name(JsonGenerator out, String name) throws IOException {
    SerializedString known = NAMES.get(name);
    if (known == null) {
      known = new SerializedString(name);
      NAMES.put(name, known);
    }
    out.writeFieldName(known);
  }

  static void text(JsonGenerator out, String name, String text) throws IOException {
    if (text != null) {
      name(out, name);
      out.writeString(text);
    }
  }

  static void number(JsonGenerator out, String name, long number) throws IOException {
    name(out, name);
    out.writeNumber(number);
  }

  static void number(JsonGenerator out, String name, double number) throws IOException {
    name(out, name);
    out.writeNumber(number);
  }

  static void decimal(JsonGenerator out, String name, BigDecimal number) throws IOException {
    name(out, name);
    out.writeNumber(number);
  }

  static void object(JsonGenerator out, String name) throws IOException {
    name(out, name);
    out.writeStartObject();
  }

  static void array(JsonGenerator out, String name) throws IOException {
    name(out, name);
    out.writeStartArray();
  }

  static void bool(JsonGenerator out, String name, Boolean value) throws IOException {
    if (value != null) {
      name(out, name);
      out.writeBoolean(value);
    }
  }

  /**
   * @param atMs epoch milliseconds
   */
  static void moment(JsonGenerator out, String name, long atMs) throws IOException {
    name(out, name);
    if (out instanceof TokenBuffer) {
      // Nobody reads it as text: see RuleView.
      out.writeEmbeddedObject(Instant.ofEpochMilli(atMs));
    } else {
      Rfc3339.write(out, atMs);
    }
  }

  /** The same for a moment of which zero is none. */
  static void momentOrNone(JsonGenerator out, String name, long atMs) throws IOException {
    if (atMs != 0) {
      moment(out, name, atMs);
    }
  }

  static void money(JsonGenerator out, String name, String amount, String currency)
      throws IOException {
    if (amount != null && currency != null) {
      name(out, name);
      money(out, amount, currency);
    }
  }

  /** The amount is a string, so that no reader rounds it. */
  static void money(JsonGenerator out, String amount, String currency) throws IOException {
    out.writeStartObject();
    // Written as it is; only an exponent is not for readers.
    boolean plain = amount.indexOf('E') < 0 && amount.indexOf('e') < 0;
    text(out, "amount", plain ? amount : new BigDecimal(amount).toPlainString());
    text(out, "currency", currency);
    out.writeEndObject();
  }
}
