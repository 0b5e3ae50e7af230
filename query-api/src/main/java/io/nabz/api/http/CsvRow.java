package io.nabz.api.http;

import io.nabz.model.IdentifierType;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Customers as lines of CSV (RFC 4180), safe to open in a spreadsheet. */
final class CsvRow {
  private static final List<String> INDIRECT =
      List.of(
          "customerId",
          "flags",
          "sentiment",
          "tier",
          "stage",
          "orders",
          "spend",
          "currency",
          "lastContactAt",
          "marketingConsent");
  private static final List<String> DIRECT = List.of("name", "phone", "email");

  /** What a spreadsheet would run; a phone number begins with a plus and is harmless. */
  private static final Pattern FORMULA = Pattern.compile("(?s)[=+\\-@\\t\\r].*");

  private static final Pattern PHONE = Pattern.compile("\\+\\d{1,15}");

  private CsvRow() {}

  static String header(boolean direct) {
    List<String> columns = new ArrayList<>(INDIRECT);
    if (direct) {
      columns.addAll(DIRECT);
    }
    return line(columns);
  }

  static String of(Hit hit, boolean direct) {
    List<String> values = new ArrayList<>();
    values.add(hit.customerId());
    values.add(String.join(";", hit.flags()));
    values.add(hit.sentiment());
    values.add(hit.tier());
    values.add(hit.stage());
    values.add(Long.toString(hit.orders()));
    values.add(hit.spend() == null ? null : hit.spend().amount().toPlainString());
    values.add(hit.spend() == null ? null : hit.spend().currency());
    values.add(hit.lastContactAt() == null ? null : hit.lastContactAt().toString());
    values.add(
        hit.marketingConsent() == null
            ? null
            : hit.marketingConsent().isEmpty() ? "none" : String.join(";", hit.marketingConsent()));
    if (direct) {
      values.add(hit.name());
      values.add(all(hit, IdentifierType.PHONE));
      values.add(all(hit, IdentifierType.EMAIL));
    }
    return line(values);
  }

  private static String all(Hit hit, IdentifierType type) {
    return hit.identifiers() == null
        ? null
        : String.join(";", hit.identifiers().getOrDefault(type.code(), List.of()));
  }

  private static String line(List<String> values) {
    StringBuilder line = new StringBuilder();
    for (String value : values) {
      if (line.length() > 0) {
        line.append(',');
      }
      line.append(cell(value));
    }
    return line.append("\r\n").toString();
  }

  private static String cell(String value) {
    if (value == null || value.isEmpty()) {
      // The first cell is never empty, so an empty one always follows a comma.
      return "";
    }
    String safe =
        FORMULA.matcher(value).matches() && !PHONE.matcher(value).matches() ? "'" + value : value;
    return safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
        ? '"' + safe.replace("\"", "\"\"") + '"'
        : safe;
  }
}
