package io.nabz.text.train;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nabz.text.NgramModel;
import io.nabz.text.TextReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainTest {
  @TempDir Path folder;

  @Test
  void theCommandWritesAModelThatKnowsWordsTheLexiconDoesNot() throws IOException {
    Path lines = folder.resolve("mine.tsv");
    StringBuilder text = new StringBuilder("# made up words\n");
    for (int i = 0; i < 40; i++) {
      text.append("pos\tthe zorbly thing number ").append(i).append('\n');
      text.append("neg\tthe quvvex thing number ").append(i).append('\n');
    }
    Files.writeString(lines, text);
    Path out = folder.resolve("m/model.bin");

    ByteArrayOutputStream report = new ByteArrayOutputStream();
    Train.run("mine-1", out, Examples.ofLines(lines), 5, 10, new PrintStream(report, true, UTF_8));

    assertThat(report.toString(UTF_8)).contains("80 texts of your own").contains("mine-1");

    assertThat(Files.size(out)).isLessThan(3_000_000);
    try (InputStream in = Files.newInputStream(out)) {
      TextReader reader = TextReader.withoutModel().withModel(NgramModel.read(in));
      assertThat(reader.modelVersion()).isEqualTo("mine-1");
      assertThat(reader.read("a zorbly day", null).score()).isPositive();
      assertThat(reader.read("a quvvex day", null).score()).isNegative();
    }
  }

  @Test
  void aLineWithoutALabelIsRefusedWithItsPlace() throws IOException {
    Path lines = Files.writeString(folder.resolve("bad.tsv"), "pos\tfine\nwhat\n");
    assertThatThrownBy(() -> Examples.ofLines(lines))
        .hasMessageContaining("bad.tsv:2")
        .hasMessageContaining("pos, neu or neg");
  }

  @Test
  void aFileThatIsNoModelIsRefused() throws IOException {
    Path file = Files.write(folder.resolve("x.bin"), new byte[64]);
    try (InputStream in = Files.newInputStream(file)) {
      assertThatThrownBy(() -> NgramModel.read(in)).hasMessageContaining("train it again");
    }
  }
}
