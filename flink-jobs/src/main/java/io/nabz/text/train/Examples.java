package io.nabz.text.train;

import io.nabz.text.TextReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where examples come from: our own lexicon, labelled lines, and tables with stars. */
public final class Examples {
  private Examples() {}

  /** Every word and phrase of the shipped lexicon, counting as much as it weighs. */
  public static List<Example> ofLexicon() {
    List<Example> out = new ArrayList<>();
    for (String[] row : TextReader.weightedPhrases()) {
      double weight = Double.parseDouble(row[1]);
      out.add(new Example(row[0], weight > 0 ? 1 : 0, Math.max(0.1, Math.abs(weight))));
    }
    for (String phrase : TextReader.neutralPhrases()) {
      out.add(new Example(phrase, 0.5, 0.5));
    }
    return out;
  }

  /** Lines {@code label<TAB>text} with the label pos, neu or neg. */
  public static List<Example> ofLines(Path file) throws IOException {
    List<Example> out = new ArrayList<>();
    int number = 0;
    for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      int tab = line.indexOf('\t');
      double target =
          switch (tab < 0 ? "" : line.substring(0, tab)) {
            case "pos" -> 1;
            case "neu" -> 0.5;
            case "neg" -> 0;
            default ->
                throw new IllegalArgumentException(
                    file + ":" + number + ": write pos, neu or neg, a tab, then the text");
          };
      out.add(new Example(line.substring(tab + 1), target, 1));
    }
    return out;
  }

  /** A table with a text column and a column of 1 to 5 stars; three stars say nothing. */
  public static List<Example> ofStars(Path csv, String textColumn, String starsColumn) {
    List<List<String>> rows = Csv.read(csv);
    int text = rows.get(0).indexOf(textColumn);
    int stars = rows.get(0).indexOf(starsColumn);
    if (text < 0 || stars < 0) {
      throw new IllegalArgumentException(
          csv
              + " has no columns "
              + textColumn
              + " and "
              + starsColumn
              + "; it has "
              + rows.get(0));
    }
    List<Example> out = new ArrayList<>();
    for (List<String> row : rows.subList(1, rows.size())) {
      if (row.size() > Math.max(text, stars) && row.get(stars).matches("[1245]")) {
        out.add(new Example(row.get(text), row.get(stars).compareTo("3") > 0 ? 1 : 0, 1));
      }
    }
    return out;
  }
}
