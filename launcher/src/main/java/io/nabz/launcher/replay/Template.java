package io.nabz.launcher.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text with references to columns: {@code call-{call_id}}. {@code {x|int}} and {@code {x|number}}
 * make numbers, {@code {x|table}} looks the value up. A template that is one reference and nothing
 * else keeps the value's JSON type; it gives nothing when the column is empty.
 */
final class Template {
  private static final Pattern REFERENCE = Pattern.compile("\\{([^{}|]+)(?:\\|([^{}|]+))?}");

  /** Literal text (column null), or a column with a conversion or a table (both may be null). */
  private record Part(String literal, String column, String as, Map<String, String> table) {}

  private final List<Part> parts;

  private Template(List<Part> parts) {
    this.parts = List.copyOf(parts);
  }

  static Template parse(Node node, Set<String> columns, Map<String, Map<String, String>> tables) {
    String text = node.text();
    List<Part> parts = new ArrayList<>();
    Matcher matcher = REFERENCE.matcher(text);
    int end = 0;
    while (matcher.find()) {
      literal(node, text.substring(end, matcher.start()), parts);
      String column = matcher.group(1);
      String as = matcher.group(2);
      if (!columns.contains(column)) {
        throw node.wrong("unknown column '" + column + "'; known are " + columns);
      }
      Map<String, String> table = as == null ? null : tables.get(as);
      if (as != null && table == null && !as.equals("int") && !as.equals("number")) {
        throw node.wrong("'|" + as + "' is neither int, number nor a table " + tables.keySet());
      }
      parts.add(new Part(null, column, as, table));
      end = matcher.end();
    }
    literal(node, text.substring(end), parts);
    return new Template(parts);
  }

  private static void literal(Node node, String text, List<Part> parts) {
    if (text.indexOf('{') >= 0 || text.indexOf('}') >= 0) {
      throw node.wrong("a brace that is no reference; write {column} or {column|table}");
    }
    if (!text.isEmpty()) {
      parts.add(new Part(text, null, null, null));
    }
  }

  /** The value in this row, or null when it is one reference to an empty column. */
  JsonNode render(ObjectNode row) {
    if (parts.size() == 1 && parts.get(0).column() != null) {
      return value(parts.get(0), row);
    }
    return TextNode.valueOf(text(row));
  }

  String text(ObjectNode row) {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      JsonNode value = part.column() == null ? null : value(part, row);
      text.append(part.column() == null ? part.literal() : value == null ? "" : value.asText());
    }
    return text.toString();
  }

  private static JsonNode value(Part part, ObjectNode row) {
    JsonNode value = row.get(part.column());
    if (value == null || value.isNull() || (value.isTextual() && value.textValue().isEmpty())) {
      return null;
    }
    if (part.table() != null) {
      // A code that the table does not know is shown as it is.
      return TextNode.valueOf(part.table().getOrDefault(value.asText(), value.asText()));
    }
    if (part.as() == null) {
      return value;
    }
    try {
      return part.as().equals("int")
          ? LongNode.valueOf(Long.parseLong(value.asText()))
          : DecimalNode.valueOf(new BigDecimal(value.asText()));
    } catch (NumberFormatException e) {
      throw new BadRow("column " + part.column() + " is not a number");
    }
  }
}
