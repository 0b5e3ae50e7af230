package io.nabz.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nabz.text.train.Example;
import io.nabz.text.train.Train;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextOptionsTest {
  private static final PrintStream NOWHERE =
      new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);

  @TempDir private Path folder;

  @Test
  void aModelOfOnesOwnReadsTheTexts() throws IOException {
    List<Example> own = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      own.add(new Example("the zorbly thing number " + i, 1, 1));
    }
    Path model = folder.resolve("model.bin");
    Train.run("mine", model, own, 5, 0, NOWHERE);

    TextOptions options = read(model);

    assertThat(options.isShipped()).isFalse();
    assertThat(options.reader().modelVersion()).isEqualTo("mine");
    assertThat(options.reader().read("a zorbly day", null).score()).isPositive();
  }

  @Test
  void aFileThatIsNoModelIsRefusedAndTheOptionNamed() throws IOException {
    Path file = Files.write(folder.resolve("x.bin"), new byte[64]);
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--text-model-file")
        .hasMessageContaining("train it again");
    assertThatThrownBy(() -> read(folder.resolve("none.bin")))
        .hasMessageContaining("--text-model-file: cannot read");
  }

  private static TextOptions read(Path model) {
    Configuration config = new Configuration();
    config.set(TextOptions.TEXT_MODEL_FILE, model.toString());
    return TextOptions.read(config);
  }
}
