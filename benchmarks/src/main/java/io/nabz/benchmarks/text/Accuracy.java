package io.nabz.benchmarks.text;

import io.nabz.text.SentimentLabel;
import io.nabz.text.TextReader;
import io.nabz.text.train.CrossValidation;
import io.nabz.text.train.Example;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/** Measures the reader and its baselines on one labelled set. */
final class Accuracy {
  private static final int FOLDS = 5;

  private final TextReader reader;
  private final WordLexicon lexicon = new WordLexicon();

  Accuracy(TextReader reader) {
    this.reader = reader;
  }

  /** One row of the table. */
  record Row(
      String set,
      int texts,
      Figures nabz,
      Figures rules,
      Figures bayes,
      Figures words,
      Figures majority) {}

  /** Baselines learn from {@code training}, or by parts from the set itself when there is none. */
  Row measure(String name, List<Labelled> texts, List<Labelled> training, TextReader rulesOnly) {
    boolean two = texts.stream().noneMatch(t -> t.label() == 0);
    return new Row(
        name,
        texts.size(),
        Figures.of(texts, t -> decide(two, reader.read(t, null).score())),
        Figures.of(texts, t -> decide(two, rulesOnly.read(t, null).score())),
        bayes(texts, training),
        Figures.of(texts, t -> bare(two, lexicon.sum(t))),
        majority(texts));
  }

  /**
   * For a set that the shipped model has learnt from: models that have not seen the text read it.
   */
  Row crossValidated(String name, List<Labelled> texts, TextReader rulesOnly) {
    List<Example> examples = new ArrayList<>();
    texts.forEach(t -> examples.add(new Example(t.text(), t.label() > 0 ? 1 : 0, 1)));
    IdentityHashMap<String, Integer> read = new IdentityHashMap<>();
    CrossValidation.judge(rulesOnly, examples, FOLDS)
        .forEach(j -> read.put(j.example().text(), j.read()));
    Row plain = measure(name, texts, null, rulesOnly);
    return new Row(
        name,
        texts.size(),
        Figures.of(texts, read::get),
        plain.rules,
        plain.bayes,
        plain.words,
        plain.majority);
  }

  private static Figures bayes(List<Labelled> texts, List<Labelled> training) {
    if (training != null) {
      NaiveBayes model = new NaiveBayes(training);
      return Figures.of(texts, model::classify);
    }
    IdentityHashMap<String, Integer> said = new IdentityHashMap<>();
    for (int fold = 0; fold < FOLDS; fold++) {
      List<Labelled> seen = new ArrayList<>();
      for (int i = 0; i < texts.size(); i++) {
        if (i % FOLDS != fold) {
          seen.add(texts.get(i));
        }
      }
      NaiveBayes model = new NaiveBayes(seen);
      for (int i = fold; i < texts.size(); i += FOLDS) {
        said.put(texts.get(i).text(), model.classify(texts.get(i).text()));
      }
    }
    return Figures.of(texts, said::get);
  }

  private static Figures majority(List<Labelled> texts) {
    int[] n = new int[3];
    texts.forEach(t -> n[t.label() + 1]++);
    int most = n[0] >= n[1] && n[0] >= n[2] ? -1 : n[1] >= n[2] ? 0 : 1;
    return Figures.of(texts, t -> most);
  }

  private static int decide(boolean two, double score) {
    if (two) {
      return score >= 0 ? 1 : -1;
    }
    return SentimentLabel.of(score).sign();
  }

  private static int bare(boolean two, double sum) {
    if (two) {
      return sum >= 0 ? 1 : -1;
    }
    return sum > 0.1 ? 1 : sum < -0.1 ? -1 : 0;
  }
}
