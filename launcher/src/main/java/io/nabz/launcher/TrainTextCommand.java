package io.nabz.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nabz.text.train.Example;
import io.nabz.text.train.Examples;
import io.nabz.text.train.Train;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code ./nabz train-text}: the model beside the lexicon, trained again with texts of one's own.
 */
@Command(
    name = "train-text",
    mixinStandardHelpOptions = true,
    description = {
      "Trains the small model that stands beside the lexicon, with texts of your own, and reports how it does on those that it has not seen.",
      "Give the file to the job with --text-model-file."
    })
final class TrainTextCommand implements Callable<Integer> {
  @Option(
      names = "--name",
      required = true,
      paramLabel = "NAME",
      description = "What the model calls itself.")
  private String name;

  @Option(names = "--out", required = true, paramLabel = "FILE", description = "Where to write it.")
  private Path out;

  @Option(
      names = "--lines",
      paramLabel = "FILE",
      description =
          "Texts, one a line: pos, neu or neg, a tab, the text; may be given several times.")
  private List<Path> lines = new ArrayList<>();

  @ArgGroup(exclusive = false)
  private Reviews reviews;

  /** Reviews with stars. */
  static final class Reviews {
    @Option(
        names = "--stars",
        required = true,
        paramLabel = "CSV",
        description = "Reviews with a header: 1-2 stars are bad, 4-5 good, 3 is left out.")
    private Path file;

    @Option(
        names = "--text-column",
        paramLabel = "C",
        defaultValue = "text",
        description = "Column with the text (default: ${DEFAULT-VALUE}).")
    private String text;

    @Option(
        names = "--stars-column",
        paramLabel = "C",
        defaultValue = "stars",
        description = "Column with the stars (default: ${DEFAULT-VALUE}).")
    private String stars;
  }

  @Option(
      names = "--folds",
      paramLabel = "N",
      defaultValue = "5",
      description = "Parts for cross-validation over these texts (default: ${DEFAULT-VALUE}).")
  private int folds;

  @Option(
      names = "--errors",
      paramLabel = "N",
      defaultValue = "10",
      description = "Misread texts to print (default: ${DEFAULT-VALUE}).")
  private int errors;

  @Override
  public Integer call() {
    if (folds < 2 || errors < 0) {
      throw new LaunchException("--folds must be 2 or more, --errors 0 or more");
    }
    try {
      // Misread texts may be in any script, whatever the locale says.
      Train.run(name, out, texts(), folds, errors, new PrintStream(System.out, true, UTF_8));
      return 0;
    } catch (NoSuchFileException e) {
      throw new LaunchException("there is no file " + e.getFile(), e);
    } catch (IOException | UncheckedIOException e) {
      throw new LaunchException("cannot train: " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new LaunchException(e.getMessage(), e);
    }
  }

  private List<Example> texts() throws IOException {
    List<Example> texts = new ArrayList<>();
    for (Path file : lines) {
      texts.addAll(Examples.ofLines(file));
    }
    if (reviews != null) {
      texts.addAll(Examples.ofStars(reviews.file, reviews.text, reviews.stars));
    }
    return texts;
  }
}
