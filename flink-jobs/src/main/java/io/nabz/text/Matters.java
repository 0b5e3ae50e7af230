package io.nabz.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds what a text is about: topics of the taxonomy and the signals threat and urgency. */
final class Matters {
  static final int THREAT = 0;
  static final int URGENT = 1;

  final List<String> codes = new ArrayList<>();
  private final PhraseTable<Row> signals = new PhraseTable<>();
  private final PhraseTable<Row> topics = new PhraseTable<>();

  /** All codes that one phrase stands for. */
  private static final class Row {
    private final int[] codes;
    private final double[] confidences;

    Row(List<Named> named) {
      codes = named.stream().mapToInt(Named::code).toArray();
      confidences = named.stream().mapToDouble(Named::confidence).toArray();
    }
  }

  private record Named(int code, double confidence) {}

  Matters(Lexicon lexicon, Taxonomy signals, Taxonomy topics) {
    codes.add("threat");
    codes.add("urgent");
    fill(lexicon, signals, this.signals, 0);
    fill(lexicon, topics, this.topics, codes.size());
  }

  /** Codes below {@code ownFrom} are another table's, even under the same name. */
  private void fill(Lexicon lexicon, Taxonomy taxonomy, PhraseTable<Row> table, int ownFrom) {
    Map<String, List<Named>> byPhrase = new LinkedHashMap<>();
    for (Taxonomy.Row row : taxonomy.rows()) {
      int code = ownFrom + codes.subList(ownFrom, codes.size()).indexOf(row.topic());
      if (code < ownFrom) {
        code = codes.size();
        codes.add(row.topic());
      }
      byPhrase
          .computeIfAbsent(row.phrase(), p -> new ArrayList<>())
          .add(new Named(code, row.confidence()));
    }
    byPhrase.keySet().forEach(lexicon::knowAll);
    byPhrase.forEach(
        (phrase, named) -> {
          int n = lexicon.keys(phrase);
          if (n > 0) {
            table.put(lexicon.lastKeys(), n, new Row(named));
          }
        });
  }

  /** What was found of each code so far in one text. */
  static final class Found {
    final PhraseTable.Match match = new PhraseTable.Match();
    double[] unsure = new double[16];
    double[] best = new double[16];
    int[] first = new int[16];
    int[] last = new int[16];

    void clear(int codes) {
      if (unsure.length < codes) {
        unsure = new double[codes];
        best = new double[codes];
        first = new int[codes];
        last = new int[codes];
      }
      Arrays.fill(unsure, 0, codes, 1);
      Arrays.fill(best, 0, codes, 0);
    }

    double confidence(int code) {
      return Math.min(0.99, 1 - unsure[code]);
    }
  }

  void read(Tokens t, Found found) {
    found.clear(codes.size());
    read(t, signals, found);
    read(t, topics, found);
  }

  private static void read(Tokens t, PhraseTable<Row> phrases, Found found) {
    for (int i = 0; i < t.count; i++) {
      phrases.longest(t, i, found.match);
      if (found.match.entry < 0) {
        continue;
      }
      Row row = phrases.entry(found.match.entry);
      int last = i + found.match.tokens - 1;
      for (int k = 0; k < row.codes.length; k++) {
        int code = row.codes[k];
        double confidence = row.confidences[k];
        found.unsure[code] *= 1 - confidence;
        double strength = confidence + found.match.tokens * 0.01;
        if (strength > found.best[code]) {
          found.best[code] = strength;
          found.first[code] = i;
          found.last[code] = last;
        }
      }
      i = last;
    }
  }
}
