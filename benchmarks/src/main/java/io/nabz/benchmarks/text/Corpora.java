package io.nabz.benchmarks.text;

import io.nabz.text.train.Csv;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The labelled texts that the reader is measured with; none of them is copied into the project. */
final class Corpora {
  private Corpora() {}

  static List<Labelled> digikala(Path file) {
    List<Labelled> out = new ArrayList<>();
    for (List<String> row : Csv.read(file)) {
      if (row.size() == 3 && row.get(2).endsWith("recommended")) {
        out.add(
            new Labelled(row.get(0) + ".\n" + row.get(1), row.get(2).startsWith("not") ? -1 : 1));
      }
    }
    return out;
  }

  /** Stars 1 and 2 against 4 and 5; three stars are left out. */
  static List<Labelled> bankStars(Path file) {
    List<List<String>> rows = Csv.read(file);
    int comment = rows.get(0).indexOf("comment");
    int rating = rows.get(0).indexOf("rating");
    List<Labelled> out = new ArrayList<>();
    for (List<String> row : rows.subList(1, rows.size())) {
      if (row.size() > rating && row.get(rating).matches("[1245]")) {
        out.add(new Labelled(row.get(comment), Integer.parseInt(row.get(rating)) < 3 ? -1 : 1));
      }
    }
    return out;
  }

  static List<Labelled> deepSentiPers(Path file) {
    List<Labelled> out = new ArrayList<>();
    for (List<String> row : Csv.read(file)) {
      if (row.size() == 2 && row.get(1).matches("-?[0-2]")) {
        out.add(new Labelled(row.get(0), Integer.signum(Integer.parseInt(row.get(1)))));
      }
    }
    return out;
  }

  /** The sets written for the tests: {@code which} is open, held or all. */
  static List<Labelled> own(Path file, String which) {
    try {
      List<Labelled> out = new ArrayList<>();
      for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
        String[] row = line.split("\t", -1);
        if (!line.startsWith("#")
            && row.length == 4
            && (which.equals("all") || which.equals(row[2]))) {
          out.add(new Labelled(row[3], row[0].equals("pos") ? 1 : row[0].equals("neg") ? -1 : 0));
        }
      }
      return out;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
