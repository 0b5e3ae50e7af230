package io.nabz.launcher.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nabz.model.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How a line is cut into columns. A quoted field may not hold a line break. */
enum RowFormat {
  CSV(','),
  TSV('\t'),
  JSONL('\0');

  private final char separator;

  RowFormat(char separator) {
    this.separator = separator;
  }

  static RowFormat of(Node node) {
    for (RowFormat format : values()) {
      if (format.name().toLowerCase(Locale.ROOT).equals(node.text())) {
        return format;
      }
    }
    throw node.wrong("write csv, tsv or jsonl");
  }

  List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quoted && c == '"' && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        cell.append('"');
        i++;
      } else if (c == '"' && this == CSV && (quoted || cell.length() == 0)) {
        quoted = !quoted;
      } else if (c == separator && !quoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    if (quoted) {
      throw new BadRow("a quote is not closed; the row is cut off");
    }
    cells.add(cell.toString());
    return cells;
  }

  /**
   * @param columns their names, in the order of the file
   */
  ObjectNode row(String line, List<String> columns) {
    if (this == JSONL) {
      return object(line);
    }
    List<String> cells = cells(line);
    if (cells.size() != columns.size()) {
      throw new BadRow(
          "%d columns instead of %d; the row is cut off or of another file"
              .formatted(cells.size(), columns.size()));
    }
    ObjectNode row = Json.mapper().createObjectNode();
    for (int i = 0; i < cells.size(); i++) {
      row.put(columns.get(i), cells.get(i).strip());
    }
    return row;
  }

  private static ObjectNode object(String line) {
    try {
      JsonNode root = Json.tree(line.getBytes(StandardCharsets.UTF_8));
      if (root instanceof ObjectNode object) {
        return object;
      }
    } catch (IOException e) {
      throw new BadRow("not JSON; the line is cut off or of another file");
    }
    throw new BadRow("not a JSON object");
  }
}
