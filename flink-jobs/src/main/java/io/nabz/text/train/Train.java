package io.nabz.text.train;

import io.nabz.text.NgramModel;
import io.nabz.text.TextReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Trains the small linear model on the shipped lexicon and on texts of one's own, reports how it
 * does on texts it has not seen, and writes the artefact.
 */
public final class Train {
  private static final String USAGE =
      """
      usage: Train --version NAME --out FILE [--lines FILE]... [--stars CSV --text-column C --stars-column C] [--folds N] [--errors N]
        --lines   tab-separated: pos, neu or neg, then the text
        --stars   comma-separated with a header; 1-2 stars are bad, 4-5 good, 3 left out
        --folds   parts for cross-validation over these texts (5)
        --errors  misread texts to print (10)
      """;

  private String version;
  private Path out;
  private final List<Example> own = new ArrayList<>();
  private int folds = 5;
  private int errors = 10;

  private Train() {}

  public static void main(String[] args) throws IOException {
    PrintStream console = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Train train = new Train();
    try {
      train.parse(args);
    } catch (IllegalArgumentException e) {
      console.println(e.getMessage());
      console.print(USAGE);
      System.exit(2);
    }
    train.run(console);
  }

  private void parse(String[] args) throws IOException {
    Path stars = null;
    String textColumn = "text";
    String starsColumn = "stars";
    for (int i = 0; i < args.length; i += 2) {
      if (i + 1 == args.length) {
        throw new IllegalArgumentException(args[i] + " wants a value");
      }
      String value = args[i + 1];
      switch (args[i]) {
        case "--version" -> version = value;
        case "--out" -> out = Path.of(value);
        case "--lines" -> own.addAll(Examples.ofLines(Path.of(value)));
        case "--stars" -> stars = Path.of(value);
        case "--text-column" -> textColumn = value;
        case "--stars-column" -> starsColumn = value;
        case "--folds" -> folds = Integer.parseInt(value);
        case "--errors" -> errors = Integer.parseInt(value);
        default -> throw new IllegalArgumentException("there is no option " + args[i]);
      }
    }
    if (version == null || out == null) {
      throw new IllegalArgumentException("--version and --out are needed");
    }
    if (stars != null) {
      own.addAll(Examples.ofStars(stars, textColumn, starsColumn));
    }
  }

  private void run(PrintStream console) throws IOException {
    TextReader reader = TextReader.withoutModel();
    Trainer trainer = new Trainer(reader);
    List<Example> all = new ArrayList<>(Examples.ofLexicon());
    console.printf("%d phrases of the lexicon, %d texts of your own%n", all.size(), own.size());
    if (own.size() >= folds * 10) {
      console.println(CrossValidation.report(reader, own, folds, errors));
    } else if (!own.isEmpty()) {
      console.println("too few texts of your own to hold some back: no report");
    }
    all.addAll(own);
    NgramModel model = trainer.train(version, all);
    if (out.getParent() != null) {
      Files.createDirectories(out.getParent());
    }
    try (OutputStream file = Files.newOutputStream(out)) {
      model.write(file);
    }
    console.printf("wrote %s, %d bytes, version %s%n", out, Files.size(out), version);
  }
}
