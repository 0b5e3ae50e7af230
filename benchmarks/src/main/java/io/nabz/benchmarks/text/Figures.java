package io.nabz.benchmarks.text;

import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;

/** Accuracy and macro-F1 of a classifier over the classes that occur. */
record Figures(double accuracy, double macroF1) {
  static Figures of(List<Labelled> texts, ToIntFunction<String> classifier) {
    int[][] m = new int[3][3];
    for (Labelled one : texts) {
      m[one.label() + 1][classifier.applyAsInt(one.text()) + 1]++;
    }
    int right = 0;
    double f1 = 0;
    int classes = 0;
    for (int c = 0; c < 3; c++) {
      int truth = m[c][0] + m[c][1] + m[c][2];
      int said = m[0][c] + m[1][c] + m[2][c];
      right += m[c][c];
      if (truth > 0) {
        classes++;
        f1 += 2.0 * m[c][c] / (truth + said);
      }
    }
    return new Figures((double) right / texts.size(), f1 / classes);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.3f / %.3f", accuracy, macroF1);
  }
}
