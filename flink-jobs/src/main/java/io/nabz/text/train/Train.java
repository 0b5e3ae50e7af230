package io.nabz.text.train;

import io.nabz.text.NgramModel;
import io.nabz.text.TextReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Trains the small linear model on the shipped lexicon and on texts of one's own, reports how it
 * does on texts it has not seen, and writes the artefact.
 */
public final class Train {
  private Train() {}

  /**
   * Trains, reports to the console and writes the model.
   *
   * @param version what the model calls itself
   * @param own texts with labels, may be none
   * @param folds parts for cross-validation over these texts
   * @param errors misread texts to print
   */
  public static void run(
      String version, Path out, List<Example> own, int folds, int errors, PrintStream console)
      throws IOException {
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
