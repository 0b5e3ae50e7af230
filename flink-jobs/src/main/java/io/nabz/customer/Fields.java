package io.nabz.customer;

import com.fasterxml.jackson.core.JsonGenerator;
import io.nabz.model.Rfc3339;
import java.io.IOException;
import java.math.BigDecimal;

/** Fields of an object as the contract writes them; what is null is left out. */
final class Fields {
  private Fields() {}

  static void text(JsonGenerator out, String name, String text) throws IOException {
    if (text != null) {
      out.writeStringField(name, text);
    }
  }

  static void bool(JsonGenerator out, String name, Boolean value) throws IOException {
    if (value != null) {
      out.writeBooleanField(name, value);
    }
  }

  /**
   * @param atMs epoch milliseconds
   */
  static void moment(JsonGenerator out, String name, long atMs) throws IOException {
    out.writeFieldName(name);
    Rfc3339.write(out, atMs);
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
      out.writeFieldName(name);
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
