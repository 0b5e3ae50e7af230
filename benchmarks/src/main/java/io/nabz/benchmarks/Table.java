package io.nabz.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A Markdown table with aligned columns; all but the first two are figures and stand right. */
final class Table {
  private static final int TEXT_COLUMNS = 2;
  private final List<List<String>> rows = new ArrayList<>();

  Table(List<String> header) {
    rows.add(List.copyOf(header));
  }

  void add(List<String> row) {
    if (row.size() != rows.get(0).size()) {
      throw new IllegalArgumentException("a row has " + row.size() + " cells");
    }
    rows.add(List.copyOf(row));
  }

  String render() {
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (int r = 0; r < rows.size(); r++) {
      text.append('|');
      for (int i = 0; i < columns; i++) {
        String pad = " ".repeat(widths[i] - rows.get(r).get(i).length());
        String cell = rows.get(r).get(i);
        text.append(' ').append(i < TEXT_COLUMNS ? cell + pad : pad + cell).append(" |");
      }
      text.append('\n');
      if (r == 0) {
        text.append('|');
        for (int i = 0; i < columns; i++) {
          text.append("-".repeat(widths[i] + 1)).append(i < TEXT_COLUMNS ? "-|" : ":|");
        }
        text.append('\n');
      }
    }
    return text.toString();
  }

  static String facts(Map<String, String> facts) {
    StringBuilder text = new StringBuilder();
    facts.forEach((name, value) -> text.append("- ").append(name + ": " + value).append('\n'));
    return text.toString();
  }
}
