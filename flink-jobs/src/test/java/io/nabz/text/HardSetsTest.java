package io.nabz.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The hand-made sets: the held third was never looked at while the reader was tuned. */
class HardSetsTest {
  private record Line(int label, String text) {}

  @ParameterizedTest
  @CsvSource({
    "hard-fa.tsv, open, 270, 0.90, 0.90",
    "hard-fa.tsv, held, 135, 0.85, 0.85",
    "support-en.tsv, open, 405, 0.90, 0.90",
    "support-en.tsv, held, 202, 0.87, 0.87"
  })
  void theHandMadeSetsAreReadRight(
      String file, String part, int size, double accuracy, double macroF1) {
    List<Line> lines = lines(file, part);
    assertThat(lines).hasSize(size);
    int[][] m = new int[3][3];
    lines.forEach(l -> m[l.label + 1][Texts.label(l.text).sign() + 1]++);
    double f1 = 0;
    for (int c = 0; c < 3; c++) {
      f1 += 2.0 * m[c][c] / (m[c][0] + m[c][1] + m[c][2] + m[0][c] + m[1][c] + m[2][c]) / 3;
    }
    assertThat((double) (m[0][0] + m[1][1] + m[2][2]) / size)
        .as("accuracy")
        .isGreaterThanOrEqualTo(accuracy);
    assertThat(f1).as("macro-F1").isGreaterThanOrEqualTo(macroF1);
  }

  private static List<Line> lines(String file, String part) {
    List<Line> out = new ArrayList<>();
    for (String[] row : Resource.rows(file)) {
      if (row[2].equals(part)) {
        out.add(new Line(row[0].equals("pos") ? 1 : row[0].equals("neg") ? -1 : 0, row[3]));
      }
    }
    return out;
  }
}
