package io.nabz.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nabz.testkit.RecordedData;
import io.nabz.text.train.CrossValidation;
import io.nabz.text.train.Csv;
import io.nabz.text.train.Example;
import io.nabz.text.train.Examples;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecordedTextsTest {
  @Test
  void shopCommentsThatTheReaderNeverLearntFromAreReadRight() {
    Path file = recording("comments-digikala-fa/test.csv.gz");
    List<Example> texts = new ArrayList<>();
    for (List<String> row : Csv.read(file)) {
      if (row.size() == 3 && row.get(2).endsWith("recommended")) {
        double target = row.get(2).startsWith("not") ? 0 : 1;
        texts.add(new Example(row.get(0) + ".\n" + row.get(1), target, 1));
      }
    }
    assertThat(texts).hasSize(800);
    int[][] m = new int[3][3];
    texts.forEach(t -> m[t.label() + 1][Texts.score(t.text()) >= 0 ? 2 : 0]++);
    assertThat(accuracy(m)).isGreaterThanOrEqualTo(0.84);
    assertThat(macroF1(m, 0, 2)).isGreaterThanOrEqualTo(0.84);
  }

  @Test
  void bankReviewsAreReadRightByModelsThatHaveNotSeenThem() {
    Path file = recording("reviews-banking-fa/comments.masked.csv.gz");
    List<Example> texts = Examples.ofStars(file, "comment", "rating");
    assertThat(texts).hasSize(1535);
    int[][] m = new int[3][3];
    CrossValidation.judge(TextReader.withoutModel(), texts, 5)
        .forEach(j -> m[j.example().label() + 1][j.read() + 1]++);
    assertThat(accuracy(m)).isGreaterThanOrEqualTo(0.80);
  }

  @Test
  void sentencesOfReviewsAreToldApartInThreeClasses() {
    Path file = recording("sentences-deepsentipers-fa/test.csv.gz");
    int[][] m = new int[3][3];
    for (List<String> row : Csv.read(file)) {
      if (row.size() == 2 && row.get(1).matches("-?[0-2]")) {
        m[Integer.signum(Integer.parseInt(row.get(1))) + 1][Texts.label(row.get(0)).sign() + 1]++;
      }
    }
    assertThat(macroF1(m, 0, 1, 2)).isGreaterThanOrEqualTo(0.58);
  }

  private static Path recording(String name) {
    Optional<Path> file = RecordedData.find(name);
    assumeTrue(file.isPresent(), RecordedData.missing(name));
    return file.get();
  }

  private static double accuracy(int[][] m) {
    int all = 0;
    for (int[] row : m) {
      all += row[0] + row[1] + row[2];
    }
    return (double) (m[0][0] + m[1][1] + m[2][2]) / all;
  }

  private static double macroF1(int[][] m, int... classes) {
    double sum = 0;
    for (int c : classes) {
      int truth = m[c][0] + m[c][1] + m[c][2];
      int said = m[0][c] + m[1][c] + m[2][c];
      sum += 2.0 * m[c][c] / (truth + said);
    }
    return sum / classes.length;
  }
}
