package io.nabz.text;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;

/**
 * Topics and the phrases that name them, as tab-separated rows {@code topic, language, phrase} with
 * an optional confidence; the shipped one can be replaced by a file of one's own.
 */
public record Taxonomy(List<Row> rows) {
  static final double USUAL_CONFIDENCE = 0.6;

  /** A phrase and the topic it names. */
  public record Row(String topic, String phrase, double confidence) {}

  public Taxonomy {
    rows = List.copyOf(rows);
  }

  public static Taxonomy shipped() {
    return of(Resource.rows("taxonomy.tsv"));
  }

  static Taxonomy signals() {
    return of(Resource.rows("signals.tsv"));
  }

  /**
   * Reads a taxonomy; a row that is not {@code topic, language, phrase} is refused with its text.
   */
  public static Taxonomy read(Reader in) throws IOException {
    return of(Resource.rows(in));
  }

  private static Taxonomy of(List<String[]> raw) {
    List<Row> rows = new ArrayList<>();
    for (String[] row : raw) {
      if (row.length < 3 || row[0].isBlank() || row[2].isBlank()) {
        throw new IllegalArgumentException(
            "write taxonomy rows as topic<TAB>language<TAB>phrase, not: " + String.join(" ", row));
      }
      double confidence = row.length > 3 ? Double.parseDouble(row[3]) : USUAL_CONFIDENCE;
      rows.add(new Row(row[0], row[2], confidence));
    }
    return new Taxonomy(rows);
  }
}
