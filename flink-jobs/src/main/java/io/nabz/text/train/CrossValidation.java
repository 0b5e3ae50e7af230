package io.nabz.text.train;

import io.nabz.text.NgramModel;
import io.nabz.text.SentimentLabel;
import io.nabz.text.TextReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads each text with a model that has not seen it, and says how that went. */
public final class CrossValidation {
  private static final String[] NAMES = {"neg", "neu", "pos"};

  private CrossValidation() {}

  /** A text, what it is and what was read. */
  public record Judged(Example example, int read, double score) {}

  /**
   * Judges every example with a model trained on the lexicon and the other parts. Where no example
   * is neutral, the sign of the score decides.
   */
  public static List<Judged> judge(TextReader base, List<Example> examples, int folds) {
    boolean two = examples.stream().noneMatch(e -> e.label() == 0);
    Trainer trainer = new Trainer(base);
    List<Judged> out = new ArrayList<>();
    for (int fold = 0; fold < folds; fold++) {
      List<Example> seen = new ArrayList<>(Examples.ofLexicon());
      for (int i = 0; i < examples.size(); i++) {
        if (i % folds != fold) {
          seen.add(examples.get(i));
        }
      }
      NgramModel model = trainer.train("fold-" + fold, seen);
      TextReader reader = base.withModel(model);
      for (int i = fold; i < examples.size(); i += folds) {
        double score = reader.read(examples.get(i).text(), null).score();
        out.add(new Judged(examples.get(i), decide(two, score), score));
      }
    }
    return out;
  }

  private static int decide(boolean two, double score) {
    if (two) {
      return score >= 0 ? 1 : -1;
    }
    return SentimentLabel.of(score).sign();
  }

  static String report(TextReader base, List<Example> examples, int folds, int errors) {
    List<Judged> judged = judge(base, examples, folds);
    int[][] m = new int[3][3];
    judged.forEach(j -> m[j.example.label() + 1][j.read + 1]++);
    StringBuilder out = new StringBuilder();
    int right = m[0][0] + m[1][1] + m[2][2];
    out.append(
        String.format(
            Locale.ROOT, "%d-fold: accuracy %.3f%n", folds, (double) right / judged.size()));
    out.append(
        String.format("%-8s%8s%8s%8s   (columns: what was read)%n", "", "neg", "neu", "pos"));
    for (int c = 0; c < 3; c++) {
      out.append(String.format("%-8s%8d%8d%8d%n", NAMES[c], m[c][0], m[c][1], m[c][2]));
    }
    judged.stream()
        .filter(j -> j.read != j.example.label())
        .sorted((a, b) -> Double.compare(Math.abs(b.score), Math.abs(a.score)))
        .limit(errors)
        .forEach(
            j ->
                out.append(
                    String.format(
                        Locale.ROOT,
                        "  is %s, read %s (%.2f): %s%n",
                        NAMES[j.example.label() + 1],
                        NAMES[j.read + 1],
                        j.score,
                        brief(j.example.text()))));
    return out.toString();
  }

  private static String brief(String text) {
    String line = text.replaceAll("\\s+", " ");
    return line.length() > 120 ? line.substring(0, 120) + "..." : line;
  }
}
